import { expect, test } from 'vitest'
import { judgeAudit } from '@/bin/testing/audit'

const report = (vulnerabilities: Record<string, string>) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      Object.entries(vulnerabilities).map(([name, severity]) => [name, { name, severity }]),
    ),
    metadata: {
      vulnerabilities: Object.fromEntries(
        ['info', 'low', 'moderate', 'high', 'critical', 'total'].map((severity) => [
          severity,
          Object.values(vulnerabilities).filter((found) => found === severity).length,
        ]),
      ),
    },
  })

test('grave vulnerabilities are named, slight ones only counted', () => {
  expect(judgeAudit(report({}))).toMatchObject({ outcome: 'clean' })
  expect(judgeAudit(report({ a: 'moderate', b: 'low' }))).toEqual({
    outcome: 'clean',
    message: 'Known vulnerabilities: 0 critical, 0 high, 1 moderate, 1 low',
  })
  const grave = judgeAudit(report({ a: 'moderate', b: 'high', c: 'critical' }))
  expect(grave).toEqual({ outcome: 'vulnerable', message: 'Known vulnerabilities: b (high), c (critical)' })
})

test('a register that does not answer is no verdict, and says so', () => {
  const refused = judgeAudit(JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 }))
  expect(refused).toMatchObject({ outcome: 'not-run', message: expect.stringContaining('405') })
  for (const text of ['', 'npm ERR!', '{}']) expect(judgeAudit(text).outcome).toBe('not-run')
})
