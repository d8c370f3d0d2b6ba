/** What a refusal means to whoever reads it: the HTTP status, a title, and what can be done about it. */
export type RefusalKind = { status: 400 | 401 | 403 | 404 | 409 | 412 | 422 | 429; title: string; remedy: string }

/** The part of the catalogue that is about who acts: signing in, permissions, and what takes a second person. */
export const refusalsOfPeople = {
  api_key_unknown: {
    status: 404,
    title: 'There is no such API key',
    remedy: 'List the API keys.',
  },
  approval_by_same_person: {
    status: 403,
    title: 'Nobody decides on what they asked for themselves',
    remedy: 'Ask another person who may decide.',
  },
  approval_decided: {
    status: 409,
    title: 'It has been decided already',
    remedy: 'Look at the decision.',
  },
  approval_needed: {
    status: 422,
    title: 'Another person must approve this',
    remedy: 'Ask for it by the API or a command of its own, so that it waits for approval: an import cannot ask.',
  },
  approval_outdated: {
    status: 409,
    title: 'It has changed since it was asked for',
    remedy: 'Decline the request, and ask again for what it is by now.',
  },
  approval_pending: {
    status: 409,
    title: 'Something else of this name waits for approval already',
    remedy: 'Have that request decided first.',
  },
  approval_unknown: {
    status: 404,
    title: 'There is no such request for approval',
    remedy: 'List what waits for approval.',
  },
  bank_account_unknown: {
    status: 404,
    title: 'There is no such bank account',
    remedy: 'List the bank accounts.',
  },
  bank_details_invalid: {
    status: 422,
    title: 'Nobody could pay by these bank details',
    remedy: 'Correct the field that is named.',
  },
  email_taken: {
    status: 409,
    title: 'Somebody with this e-mail address is known already',
    remedy: 'Sign in with it, or use another address.',
  },
  invitation_unknown: {
    status: 404,
    title: 'There is no such invitation',
    remedy: 'List the invitations.',
  },
  link_not_valid: {
    status: 422,
    title: 'The link is not valid, or not any more',
    remedy: 'Ask for a new one.',
  },
  member_already: {
    status: 409,
    title: 'You are a member of the company already',
    remedy: 'Ask an owner of the company to change what you may do; the invitation stays open for whom it is meant.',
  },
  member_unknown: {
    status: 404,
    title: 'Nobody of this id is a member of the company',
    remedy: 'List the people.',
  },
  not_permitted: {
    status: 403,
    title: 'You may not do this',
    remedy: 'Ask an owner of the company for the permission.',
  },
  not_signed_in: {
    status: 401,
    title: 'Nobody is signed in',
    remedy: 'Sign in, or send an API key as `Authorization: Bearer …`.',
  },
  owner_needed: {
    status: 409,
    title: 'A company needs an owner',
    remedy: 'Make another person an owner first.',
  },
  passkey_failed: {
    status: 422,
    title: 'The passkey was not accepted',
    remedy: 'Try again, or sign in with your password.',
  },
  passkey_unknown: {
    status: 404,
    title: 'There is no such passkey',
    remedy: 'List your passkeys.',
  },
  password_wrong: {
    status: 401,
    title: 'The password is wrong',
    remedy: 'Enter the password with which you sign in.',
  },
  password_weak: {
    status: 422,
    title: 'The password is too short, too long or too common',
    remedy: 'Choose 12 to 128 letters that nobody guesses.',
  },
  scope_not_held: {
    status: 422,
    title: 'A key cannot do more than its owner, nor decide who may do what',
    remedy: 'Choose scopes from your own permissions.',
  },
  second_factor_already_on: {
    status: 409,
    title: 'The second factor is on already',
    remedy: 'Switch it off before setting up another one.',
  },
  second_factor_wrong: {
    status: 401,
    title: 'The code is not right, or was used already',
    remedy: 'Wait for the next code, or use a recovery code.',
  },
  session_unknown: {
    status: 404,
    title: 'There is no such session',
    remedy: 'List your sessions.',
  },
  sign_in_failed: {
    status: 401,
    title: 'E-mail address or password is wrong',
    remedy: 'Check both; an owner can send you a link for a new password.',
  },
  sign_in_locked: {
    status: 429,
    title: 'Too many failed attempts',
    remedy: 'Wait a quarter of an hour.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says.',
  },
  user_unknown: {
    status: 404,
    title: 'Nobody has this e-mail address',
    remedy: 'List the people.',
  },
  view_exists: {
    status: 409,
    title: 'You have a view of this name in this area',
    remedy: 'Choose another name, or change that view.',
  },
  view_of_another: {
    status: 403,
    title: 'It is the view of somebody else',
    remedy: 'Save one of your own.',
  },
  view_unknown: { status: 404, title: 'There is no such view', remedy: 'List the views.' },
} as const satisfies Record<string, RefusalKind>
