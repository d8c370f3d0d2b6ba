/** Sends letters; throws where that fails. */
export type Mailer = { send(letter: { recipient: string; subject: string; body: string }): Promise<void> }

const timeoutMs = 10_000

/** What the environment says of mail, in one sentence for the log. */
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

/** Says where letters go, without the password. */
export const mailSummary = (settings: MailSettings): string =>
  settings === undefined
    ? 'Mail: none is sent, since COUNTINGHOUSE_SMTP_URL is not set.'
    : `Mail: through ${new URL(settings.url).host}, from ${settings.from}.`

/** A mailer for an SMTP server. The library is loaded with the first letter. */
export function smtpMailer({ url, from }: NonNullable<MailSettings>): Mailer {
  const options = { url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
  const closed = { disableFileAccess: true, disableUrlAccess: true }
  const transport = import('nodemailer').then(({ createTransport }) =>
    createTransport({ ...options, ...closed }, { from }),
  )
  transport.catch(() => {}) // told of by the first letter
  return {
    send: async ({ recipient, subject, body }) => {
      await (await transport).sendMail({ to: recipient, subject, text: body })
    },
  }
}

/** The mailer of the environment, after saying in the log where letters go. Settings that cannot be used are told of, and nothing is sent. */
export function mailerOf(env: NodeJS.ProcessEnv, log: (line: string) => void): Mailer | undefined {
  try {
    const settings = mailSettings(env)
    log(mailSummary(settings))
    return settings === undefined ? undefined : smtpMailer(settings)
  } catch (error) {
    log(`${(error as Error).message} No mail is sent.`)
    return undefined
  }
}
