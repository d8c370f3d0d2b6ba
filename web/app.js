// What the pages do beyond being read: keys, the filter, creating a company, and following an import. Everything else is plain links and forms.

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

// Talking to the API -----------------------------------------------------------------------------------------------------

/** Throws the words of the problem, with what can be done about it. */
async function ask(url, options = {}) {
  let response
  try {
    response = await fetch(url, options)
  } catch {
    throw new Error('The server cannot be reached. Is it running?')
  }
  const answer = await response.json()
  if (!response.ok) throw new Error([answer.detail ?? answer.title, answer.remedy].filter(Boolean).join('. '))
  return answer
}

const post = (url, body) =>
  ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })

function showProblem(near, error) {
  const place = near.querySelector('.problem') ?? document.querySelector('.problem')
  if (!place) return
  place.textContent = error.message
  place.hidden = false
}

/** Runs what a button began, and lets nobody begin it twice. */
async function busy(button, near, work) {
  button.disabled = true
  const problem = near.querySelector('.problem')
  if (problem) problem.hidden = true
  try {
    await work()
  } catch (error) {
    showProblem(near, error)
    button.disabled = false
  }
}

document.getElementById('create-company')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.target
  busy(form.querySelector('button'), form, async () => {
    const { id } = await post('/api/v1/companies', Object.fromEntries(new FormData(form)))
    location.href = `/companies/${id}/imports`
  })
})

// Imports ------------------------------------------------------------------------------------------------------------

document.getElementById('import')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.target
  const { company } = form.dataset
  const status = document.getElementById('uploading')
  busy(form.querySelector('button'), form, async () => {
    const chosen = [...form.elements.files.files].sort((a, b) => (a.name < b.name ? -1 : 1))
    const files = []
    for (const [index, file] of chosen.entries()) {
      status.hidden = false
      status.textContent = `Uploading ${index + 1} of ${chosen.length}: ${file.name}`
      const url = `/api/v1/companies/${company}/imports/files?name=${encodeURIComponent(file.name)}`
      const type = file.name.endsWith('.gz') ? 'application/gzip' : 'text/csv'
      const { name, sha256 } = await ask(url, { method: 'POST', headers: { 'content-type': type }, body: file })
      files.push({ name, sha256 })
    }
    status.textContent = 'Starting the check'
    const { id } = await post(`/api/v1/companies/${company}/imports`, {
      format: form.elements.format.value,
      files,
      dryRun: true,
    })
    location.href = `/companies/${company}/imports/${id}`
  }).finally(() => {
    status.hidden = !form.querySelector('button').disabled
  })
})

for (const button of document.querySelectorAll('[data-run]')) {
  button.addEventListener('click', () =>
    busy(button, button.closest('.panel'), async () => {
      const { id } = await post(button.dataset.run, JSON.parse(button.dataset.request))
      location.href = `/companies/${document.body.dataset.company}/imports/${id}`
    }),
  )
}

const progress = document.getElementById('progress')
if (progress) follow(progress)

async function follow(section) {
  const field = (name) => section.querySelector(`[data-field="${name}"]`)
  const bar = section.querySelector('progress')
  const number = (value) => value.toLocaleString()
  const seen = []
  for (;;) {
    let now
    try {
      now = await ask(section.dataset.url)
      field('what').textContent = 'the page follows the import; you can leave and come back'
    } catch (error) {
      field('what').textContent = `${error.message} Trying again.`
      await new Promise((done) => setTimeout(done, 2000))
      continue
    }
    if (now.state !== 'running') {
      location.reload()
      return
    }
    seen.push({ at: performance.now(), documents: now.documentsDone, entries: now.entries })
    if (seen.length > 12) seen.shift()
    const seconds = (seen.at(-1).at - seen[0].at) / 1000
    const rate = seconds > 0 ? (seen.at(-1).entries - seen[0].entries) / seconds : 0
    const pace = seconds > 0 ? (seen.at(-1).documents - seen[0].documents) / seconds : 0
    field('phase').textContent = now.phase
    field('lines').textContent = number(now.lines)
    field('documents').textContent = `${number(now.documentsDone)} of ${number(now.documents)}`
    field('entries').textContent = number(now.entries)
    field('rate').textContent = rate > 0 ? number(Math.round(rate)) : '–'
    field('left').textContent = pace > 0 ? duration((now.documents - now.documentsDone) / pace) : '–'
    if (now.documents > 0 && now.phase === 'posting') bar.value = now.documentsDone / now.documents
    else bar.removeAttribute('value')
    await new Promise((done) => setTimeout(done, 500))
  }
}

const duration = (seconds) => (seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`)
