/** What the environment says of mail; undefined where none is sent. */
export type MailSettings = { url: string; from: string } | undefined

/**
 * Reads COUNTINGHOUSE_SMTP_URL, such as smtps://user:password@host:465, and COUNTINGHOUSE_MAIL_FROM. Without the first nothing is sent. Throws
 * an error of one sentence where they cannot be used.
 */
export function mailSettings(env: NodeJS.ProcessEnv): MailSettings {
  const { COUNTINGHOUSE_SMTP_URL: url = '', COUNTINGHOUSE_MAIL_FROM: from = '' } = env
  if (url === '') return undefined
  if (!URL.canParse(url) || !['smtp:', 'smtps:'].includes(new URL(url).protocol))
    throw new Error('COUNTINGHOUSE_SMTP_URL must be an address such as smtps://user:password@host:465.')
  if (!/^[^\s@]+@[^\s@]+$|<[^\s@]+@[^\s@]+>$/.test(from))
    throw new Error(
      'COUNTINGHOUSE_MAIL_FROM must be an address such as books@example.com, since COUNTINGHOUSE_SMTP_URL is set.',
    )
  return { url, from }
}

/** Whether letters are sent; settings that cannot be used send none. */
export function sendsMail(env: NodeJS.ProcessEnv): boolean {
  try {
    return mailSettings(env) !== undefined
  } catch {
    return false
  }
}
