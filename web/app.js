// What the pages do beyond being read: keys and the filter. Everything else is plain links and forms.

const filter = document.getElementById('filter')
const rows = () => [...document.querySelectorAll('.rows tbody tr')].filter((row) => !row.hidden)

filter?.addEventListener('input', () => {
  const wanted = filter.value.trim().toLowerCase()
  for (const row of document.querySelectorAll('.rows tbody tr')) {
    row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted)
  }
})

document.getElementById('company')?.addEventListener('change', (event) => {
  location.href = `/companies/${event.target.value}${event.target.dataset.area}`
})

// Keys ---------------------------------------------------------------------------------------------------------------

let afterG = false

function moveBy(step) {
  const all = rows()
  const index = all.findIndex((row) => row.classList.contains('at'))
  const next = all[Math.min(Math.max(index + step, 0), all.length - 1)]
  if (!next) return
  all[index]?.classList.remove('at')
  next.classList.add('at')
  next.scrollIntoView({ block: 'nearest' })
}

const keys = {
  '/': () => filter?.focus(),
  j: () => moveBy(1),
  k: () => moveBy(-1),
  Enter: () => document.querySelector('tr.at a')?.click(),
  '[': () => history.back(),
  '?': () => document.getElementById('keys')?.showModal(),
  g: () => {
    afterG = true
    setTimeout(() => {
      afterG = false
    }, 1500)
  },
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && event.target === filter) {
    filter.value = ''
    filter.dispatchEvent(new Event('input'))
    filter.blur()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, select, textarea, button, a, summary, dialog') && event.key !== '/') return
  if (event.target.closest('input, textarea')) return
  if (afterG) {
    afterG = false
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)
    if (link) {
      event.preventDefault()
      link.click()
      return
    }
  }
  const act = keys[event.key]
  if (!act) return
  event.preventDefault()
  act()
})
