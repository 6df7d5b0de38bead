import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '@/lib/environment'
import { safeError } from '@/lib/operations/safe-error'
import { shownSettings } from '@/lib/operations/shown-settings'

describe('an error for operators', () => {
  it('names files without their folders, and addresses without what opens them', () => {
    expect(safeError("ENOENT: no such file, open '/srv/vitrine/models/food-cnn/model.safetensors'")).toBe(
      "ENOENT: no such file, open 'model.safetensors'",
    )
    expect(safeError('connect postgresql://vitrine:hunter2@db:5432/vitrine failed')).toBe(
      'connect postgresql:… failed',
    )
    expect(safeError('refused: password=hunter2, try again')).toBe('refused: password=… try again')
    expect(safeError('a\n   b')).toBe('a b')
  })

  it('is short, and holds no folder', () => {
    const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 6 }), fc.string(), (folders, rest) => {
        const shown = safeError(`cannot read /${folders.join('/')} ${rest}`)
        expect(shown.startsWith(`cannot read ${folders.at(-1)}`)).toBe(true)
        expect(shown.length).toBeLessThanOrEqual(300)
      }),
    )
  })
})

describe('the settings in force', () => {
  it('never hold a secret', () => {
    const secrets = {
      NEXTAUTH_SECRET: 'secret-of-sessions-0123456789abcdef',
      VITRINE_RECEIPT_KEY: 'ab'.repeat(32),
      VITRINE_ANSWER_FILE_KEY: 'cd'.repeat(32),
      OIDC_CLIENT_SECRET: 'secret-of-oidc',
    }
    const shown = shownSettings(
      readEnvironment({
        ...secrets,
        NODE_ENV: 'test',
        DATABASE_URL: 'postgresql://somebody:hunter2@db.example:5432/vitrine?sslpassword=hunter3',
        OIDC_ISSUER: 'https://id.example/realm',
        OIDC_CLIENT_ID: 'vitrine',
      }),
    )
    const text = JSON.stringify(shown)
    for (const secret of [...Object.values(secrets), 'hunter2', 'hunter3', 'somebody'])
      expect(text).not.toContain(secret)
    expect(shown).toContainEqual({ name: 'DATABASE_URL', value: 'postgresql://db.example:5432/vitrine' })
    expect(shown).toContainEqual({ name: 'OIDC_ISSUER', value: 'https://id.example/realm' })
    expect(shown).toContainEqual({ name: 'NEXTAUTH_URL', value: null })
  })
})
