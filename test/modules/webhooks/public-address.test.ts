import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isPublicAddress, wrongWithUrl } from '../../../src/modules/webhooks/public-address.ts'
import { newSecret, signatures } from '../../../src/modules/webhooks/signature.ts'

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.1.2.3',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f000001',
  ])('%s is inside, or none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700::1111',
  ])('%s is outside', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it('of version 4 inside one of version 6 is never outside', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false)
      }),
    )
  })
})

test.each([
  ['https://example.com/hooks', undefined],
  ['https://8.8.8.8/hooks', undefined],
  ['http://example.com/hooks', 'https'],
  ['ftp://example.com', 'https'],
  ['https://10.0.0.1/', 'public'],
  ['https://[::1]/', 'public'],
  ['https://2130706433/', 'public'], // 127.0.0.1 as one number
  ['https://0x7f.1/', 'public'],
  ['https://localhost/', 'public'],
  ['https://api.localhost/', 'public'],
  ['https://user:secret@example.com/', 'password'],
  ['nonsense', 'URL'],
])('%s as the address of an endpoint: %s', (url, wrong) => {
  const found = wrongWithUrl(url, { loopback: false })
  if (wrong === undefined) expect(found).toBeUndefined()
  else expect(found).toContain(wrong)
})

test('an operator may allow this machine, and nothing else inside', () => {
  for (const url of ['http://127.0.0.1:9/x', 'http://localhost:9/x', 'https://[::1]/'])
    expect(wrongWithUrl(url, { loopback: true })).toBeUndefined()
  for (const url of ['http://example.com/', 'https://192.168.0.1/', 'http://10.0.0.1/'])
    expect(wrongWithUrl(url, { loopback: true })).toBeDefined()
})

test("a signature is that of the specification's own example", () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, payload: '{"test": 2432232314}' }
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  expect(signatures([secret], message)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  const [first, second, ...more] = signatures([newSecret(), secret], message).split(' ')
  expect([first === second, second, more]).toEqual([false, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', []])
})
