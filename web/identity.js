// Signing in, and one's own account. Tokens of links stand behind the # of the address, so that no log sees them.

const at = (id) => document.getElementById(id)
const token = location.hash.slice(1)

/** Throws the words of the problem, with what can be done about it. */
async function send(url, body = {}) {
  let response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new Error('The server cannot be reached. Is it running?')
  }
  const answer = await response.json()
  if (!response.ok) throw new Error([answer.detail ?? answer.title, answer.remedy].filter(Boolean).join('. '))
  return answer
}

/** Runs what a form asks for, once at a time, and says beside it what is wrong, or in the words that the work returns that it is done. */
function onSubmit(id, work) {
  at(id)?.addEventListener('submit', (event) => {
    event.preventDefault()
    run(event.target, () => work(Object.fromEntries(new FormData(event.target)), event.target))
  })
}

async function run(form, work) {
  const near = form.querySelector('.problem') ? form : (form.closest('section') ?? document)
  const say = (kind, text) => {
    const place = near.querySelector(`.${kind}`)
    if (!place) return
    place.textContent = text ?? ''
    place.hidden = !text
  }
  const buttons = [...form.querySelectorAll('button')]
  for (const button of buttons) button.disabled = true
  say('problem')
  say('done')
  try {
    say('done', await work())
  } catch (error) {
    say('problem', error.message)
  } finally {
    for (const button of buttons) button.disabled = false
  }
}

/** Only an address of this site is gone to. */
function goOn() {
  const next = new URLSearchParams(location.search).get('next') ?? '/'
  const target = new URL(next, location.origin)
  if (token) target.hash = token
  location.href = target.origin === location.origin ? target.href : '/'
}

// Signing in ---------------------------------------------------------------------------------------------------------

onSubmit('sign-in', async (given) => {
  const { secondFactor } = await send('/api/v1/session', given)
  if (!secondFactor) return goOn()
  at('sign-in').hidden = true
  at('second-factor').hidden = false
  at('second-factor').elements.code.focus()
})
onSubmit('second-factor', async ({ code, recovery }) => {
  await send('/api/v1/session/second-factor', { code, kind: recovery ? 'recovery' : 'totp' })
  goOn()
})

const canPasskey = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential
const withPasskey = at('with-passkey')
if (withPasskey && canPasskey) {
  withPasskey.hidden = false
  withPasskey.addEventListener('click', () =>
    run(at('sign-in'), async () => {
      const options = await send('/api/v1/session/passkey-options')
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
      const credential = await navigator.credentials.get({ publicKey })
      await send('/api/v1/session/passkey', { response: credential.toJSON() })
      goOn()
    }),
  )
}

// Links --------------------------------------------------------------------------------------------------------------

if (at('token-field') && token) {
  at('setup').elements.token.value = token
  at('token-field').hidden = true
}
onSubmit('setup', async (given) => {
  await send('/api/v1/setup', given)
  location.href = '/'
})
const signInToJoin = at('sign-in-to-join')
if (signInToJoin && token) signInToJoin.hash = token
onSubmit('join', async (given) => {
  const { companyId } = await send('/api/v1/invitations/accept', { ...given, token })
  location.href = `/companies/${companyId}`
})
onSubmit('reset', async (given) => {
  await send('/api/v1/password-reset', { ...given, token })
  location.href = '/sign-in'
})

// One's own account --------------------------------------------------------------------------------------------------

at('sign-out')?.addEventListener('click', (event) =>
  run(event.target.parentElement, async () => {
    await send('/api/v1/session/end')
    location.href = '/sign-in'
  }),
)
for (const button of document.querySelectorAll('button[data-post]')) {
  button.addEventListener('click', () =>
    run(button.parentElement, async () => {
      await send(button.dataset.post)
      location.reload()
    }),
  )
}
onSubmit('add-passkey', async ({ name }) => {
  if (!canPasskey) throw new Error('This browser knows no passkeys.')
  const options = await send('/api/v1/me/passkeys/options')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  await send('/api/v1/me/passkeys', { name, response: credential.toJSON() })
  location.reload()
})
// In fours, since a secret is typed on the other device and codes are read from paper.
const inFours = (text) => text.match(/.{1,4}/g).join(' ')

function showRecoveryCodes(codes) {
  at('factor').hidden = false
  at('recovery-codes').textContent = codes.join('\n')
}
onSubmit('begin-factor', async ({ password }) => {
  const { uri, recoveryCodes } = await send('/api/v1/me/second-factor', { password })
  at('factor-link').href = uri
  at('factor-secret').textContent = inFours(new URL(uri).searchParams.get('secret'))
  showRecoveryCodes(recoveryCodes)
  at('confirm-factor').elements.code.focus()
})
onSubmit('keep-factor', async ({ password }, form) => {
  const { recoveryCodes } = await send('/api/v1/me/recovery-codes', { password })
  at('factor-place').hidden = true
  at('confirm-factor').hidden = true
  showRecoveryCodes(recoveryCodes)
  form.reset()
  return 'These are your recovery codes now. The earlier ones are good no more.'
})
at('end-factor')?.addEventListener('click', () => {
  const form = at('keep-factor')
  if (!form.reportValidity()) return
  run(form, async () => {
    await send('/api/v1/me/second-factor/end', { password: form.elements.password.value })
    location.reload()
  })
})
onSubmit('confirm-factor', async ({ code }) => {
  await send('/api/v1/me/second-factor/confirm', { code })
  location.reload()
})
onSubmit('change-password', async (given, form) => {
  await send('/api/v1/me/password', given)
  form.reset()
  return 'The password is changed. Every other session has ended.'
})
onSubmit('add-key', async ({ company, name, days }, form) => {
  const scopes = new FormData(form).getAll('scopes')
  if (scopes.length === 0) throw new Error('Choose what the key may do.')
  const { key } = await send(`/api/v1/companies/${company}/api-keys`, { name, scopes, days: Number(days) })
  at('new-key').hidden = false
  at('new-key').querySelector('code').textContent = key
  form.reset()
})
