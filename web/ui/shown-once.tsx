import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { t } from './texts.ts'

/** A secret that the API shows this once: to be copied, and put away when it was. */
export const ShownOnce = ({ title, secret, text }: { title: string; secret: string; text?: string }) => (
  <Alert variant="light" color="yellow" icon={<IconKey size={18} />} title={title} role="status">
    <Stack gap={8} align="flex-start">
      <Text size="sm">{text ?? t('shownOnce')}</Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Group gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  </Alert>
)
