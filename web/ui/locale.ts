/** The reader's own locale, as the browser says; numbers and days are written in it. */
export const locale: string = (() => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(navigator.languages as string[])[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
})()
