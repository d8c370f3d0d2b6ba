import { type MailSettings, mailSettings } from '../kernel/mail-settings.ts'

/** Sends letters; throws where that fails. */
export type Mailer = { send(letter: { recipient: string; subject: string; body: string }): Promise<void> }

const timeoutMs = 10_000

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
