import NextAuth from 'next-auth'
import { describe, expect, it } from 'vitest'
import { signInThroughInstitution, signInWithPassword } from '@/lib/auth/mutations'
import { authOptions } from '@/lib/auth/options'
import { hashPassword } from '@/lib/auth/password'
import { sessionCookie, viewerOfToken } from '@/lib/auth/session'
import { parseSignInError } from '@/lib/auth/sign-in-error'
import { throttleKeys, throttleRules } from '@/lib/auth/throttle'
import { staffDatabase } from '@/lib/database/staff'

let accounts = 0
async function account(data: { demo?: boolean } = {}) {
  accounts += 1
  const email = `person-${accounts}@example.org`
  const user = await staffDatabase.user.create({
    data: { email, name: 'Person', passwordHash: await hashPassword('right'), ...data },
  })
  return { email, userId: user.id }
}

const wait = async (email: string, address: string, password = 'wrong') => {
  const outcome = await signInWithPassword(email, password, address)
  return outcome.kind === 'throttled' ? outcome.seconds : outcome.kind
}

describe('signing in with a password', () => {
  it('takes the right one, in any case of the email, and no other', async () => {
    const { email, userId } = await account()
    expect(await signInWithPassword(` ${email.toUpperCase()} `, 'right', '1.1.1.1')).toEqual({
      kind: 'signed-in',
      viewer: { userId, name: 'Person', email },
    })
    expect(await signInWithPassword(email, 'Right', '1.1.1.1')).toEqual({ kind: 'wrong' })
    expect(await signInWithPassword('nobody@example.org', 'right', '1.1.1.1')).toEqual({ kind: 'wrong' })
    expect(await signInWithPassword(email, 'x'.repeat(5000), '1.1.1.1')).toEqual({ kind: 'wrong' })
  })

  it('an account without a password cannot be signed in to with one', async () => {
    await staffDatabase.user.create({ data: { email: 'institution@example.org', name: 'I' } })
    for (const password of ['', 'no account has this password'])
      expect(await wait('institution@example.org', '1.1.1.2', password)).toBe('wrong')
  })

  it('slows down guesses at one account, also with the right password, but not its owner elsewhere', async () => {
    const { email } = await account()
    const { free, firstWait } = throttleRules.pair
    for (let guess = 0; guess <= free; guess++) expect(await wait(email, '6.6.6.6')).toBe('wrong')
    const seconds = await wait(email, '6.6.6.6', 'right')
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(firstWait)
    expect(await wait(email, '7.7.7.7', 'right')).toBe('signed-in')
  })

  it('whoever goes on guessing while waiting shuts the account for nobody else', async () => {
    const { email } = await account()
    for (let guess = 0; guess <= throttleRules.account.free + 1; guess++) await wait(email, '6.6.6.9')
    expect(await wait(email, '6.6.6.9', 'right')).toEqual(expect.any(Number))
    expect(await wait(email, '7.7.7.9', 'right')).toBe('signed-in')
  })

  it('behind an address that has to wait, trying again costs nobody a try of their own', async () => {
    const { email } = await account()
    const { address: key } = throttleKeys(email, '5.5.5.5')
    await staffDatabase.signInThrottle.create({
      data: {
        key,
        failures: throttleRules.address.free + 1,
        lastFailedAt: new Date(),
        blockedUntil: new Date(Date.now() + 60_000),
      },
    })
    for (let press = 0; press < 2 * throttleRules.pair.free; press++)
      expect(await wait(email, '5.5.5.5', 'right')).toEqual(expect.any(Number))
    await staffDatabase.signInThrottle.update({ where: { key }, data: { blockedUntil: null } })
    expect(await wait(email, '5.5.5.5', 'right')).toBe('signed-in')
  })

  it('a school behind one address does not shut itself out by mistyping; guesses stay counted', async () => {
    const address = '4.4.4.4'
    const counted = async () =>
      (
        await staffDatabase.signInThrottle.findUniqueOrThrow({
          where: { key: throttleKeys('', address).address },
        })
      ).failures
    const { email: victim } = await account()
    for (let guess = 0; guess < 2; guess++) expect(await wait(victim, address)).toBe('wrong')
    expect(await counted()).toBe(2)
    const { email } = await account()
    for (let typo = 0; typo < 3; typo++) expect(await wait(email, address)).toBe('wrong')
    expect(await counted()).toBe(5)
    expect(await wait(email, address, 'right')).toBe('signed-in')
    expect(await counted()).toBe(2)
    expect(await wait(email, address, 'right')).toBe('signed-in')
    expect(await counted()).toBe(2)
  })

  it('the wait ends, and a success forgets the failures', async () => {
    const { email } = await account()
    for (let guess = 0; guess <= throttleRules.pair.free; guess++) await wait(email, '6.6.6.7')
    expect(await wait(email, '6.6.6.7', 'right')).toEqual(expect.any(Number))
    await staffDatabase.signInThrottle.updateMany({ data: { blockedUntil: new Date(Date.now() - 1000) } })
    expect(await wait(email, '6.6.6.7', 'right')).toBe('signed-in')
    expect(await wait(email, '6.6.6.7')).toBe('wrong')
    expect(await wait(email, '6.6.6.7', 'right')).toBe('signed-in')
  })

  it('many guesses at once get no more tries than one after the other', async () => {
    const { email } = await account()
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => wait(email, '6.6.6.8')))
    const tried = outcomes.filter((outcome) => outcome === 'wrong').length
    expect(tried).toBeGreaterThanOrEqual(throttleRules.pair.free)
    expect(tried).toBeLessThanOrEqual(throttleRules.pair.free + 2)
  })

  it('writes failures to the history, and stores no email and no address of theirs', async () => {
    const { email, userId } = await account()
    await wait(email, '9.9.9.9')
    await wait('mistyped-secret', '9.9.9.9')
    const failures = await staffDatabase.auditEvent.findMany({
      where: { action: 'sign-in.failed' },
      orderBy: { id: 'desc' },
      take: 2,
    })
    expect(failures.map((event) => event.actorId)).toEqual([null, userId])
    const stored = JSON.stringify([
      await staffDatabase.signInThrottle.findMany(),
      failures.map(({ id: _, ...event }) => event),
    ])
    expect(stored).not.toMatch(/mistyped-secret|9\.9\.9\.9/)
  })
})

describe('signing in through an institution', () => {
  it('finds the account of the email, makes one that is missing, and takes over no demo account', async () => {
    const { email, userId } = await account()
    expect(await signInThroughInstitution(email.toUpperCase(), 'Other name')).toMatchObject({ userId })
    const made = await signInThroughInstitution('New@Example.org', 'New')
    expect(made).toMatchObject({ email: 'new@example.org', name: 'New' })
    expect(await signInThroughInstitution('new@example.org', 'New')).toEqual(made)
    const demo = await account({ demo: true })
    expect(await signInThroughInstitution(demo.email, 'Demo')).toBeNull()
  })
})

describe('next-auth with our settings', () => {
  type Cookies = Record<string, string>

  /** One request to next-auth, in the form in which it takes requests outside of Next's router. */
  async function ask(
    secure: boolean,
    request: { path: string[]; method: string; cookies?: Cookies; body?: Record<string, string> },
  ) {
    const headers = new Map<string, unknown>()
    let answer: { url?: string; csrfToken?: string } = {}
    const response = {
      status: () => response,
      setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      json: (body: typeof answer) => {
        answer = body
      },
      send: (body: typeof answer) => {
        answer = body
      },
      end: () => {},
    }
    await NextAuth(
      {
        method: request.method,
        query: { nextauth: request.path },
        cookies: request.cookies ?? {},
        body: request.body,
        headers: { host: 'localhost:3000', 'x-forwarded-for': '8.8.8.8' },
      } as never,
      response as never,
      authOptions(secure),
    )
    const set = [headers.get('set-cookie') ?? []].flat().map(String)
    return { answer, set }
  }

  /** What the browser's `signIn('credentials', …)` does. */
  async function signIn(email: string, password: string, secure = false) {
    const csrf = await ask(secure, { path: ['csrf'], method: 'GET' })
    const cookies: Cookies = {}
    for (const line of csrf.set) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=')
      cookies[name] = decodeURIComponent(value)
    }
    const csrfToken = csrf.answer.csrfToken ?? ''
    const body = { email, password, csrfToken, json: 'true' }
    const { answer, set } = await ask(secure, {
      path: ['callback', 'credentials'],
      method: 'POST',
      cookies,
      body,
    })
    const error = new URL(answer.url ?? '', 'http://localhost').searchParams.get('error')
    return {
      error: parseSignInError(error),
      session: set.find((line) => line.startsWith(`${sessionCookie}=`)),
    }
  }

  it('gives a session that says who it is, in a cookie that scripts cannot read', async () => {
    const { email, userId } = await account()
    const { session = '', error } = await signIn(email, 'right')
    expect(error).toBeNull()
    expect(session).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax/)
    expect(session).not.toMatch(/Secure/)
    const token = session.split(';')[0]!.slice(sessionCookie.length + 1)
    expect(await viewerOfToken(token)).toEqual({ userId, name: 'Person', email })
    expect((await signIn(email, 'right', true)).session).toMatch(/; Secure/)
  })

  it('tells the page what went wrong, and how long to wait', async () => {
    const { email } = await account()
    for (let guess = 0; guess <= throttleRules.pair.free; guess++)
      expect(await signIn(email, 'wrong')).toEqual({ error: { kind: 'wrong' }, session: undefined })
    const { error } = await signIn(email, 'right')
    expect(error).toMatchObject({ kind: 'throttled', seconds: expect.any(Number) })
  })
})
