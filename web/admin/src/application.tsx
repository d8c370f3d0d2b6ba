import { MantineProvider } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { firstDayOfWeek } from '../../ui/calendar-words.ts'
import { theme, variables } from '../../ui/theme.ts'
import { queries } from './queries.ts'
import { router } from './router.tsx'

/** The nonce of this page: the policy lets only styles with it in, beside those in files. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
// What keeps the page behind a dialog from scrolling makes a style of its own, and looks here.
Object.assign(window, { __webpack_nonce__: nonce })

export const Application = () => (
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
    <DatesProvider settings={{ firstDayOfWeek: firstDayOfWeek() }}>
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </DatesProvider>
  </MantineProvider>
)
