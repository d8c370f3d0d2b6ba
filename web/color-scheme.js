// Before anything is painted: light or dark, as the person chose or the system says, so that no page flashes.
let chosen
try {
  chosen = localStorage.getItem('mantine-color-scheme-value')
} catch {
  // Without storage the system decides.
}
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
