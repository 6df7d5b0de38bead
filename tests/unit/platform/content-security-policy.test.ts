import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '@/lib/content-security-policy'
import { proxy } from '@/proxy'

describe('the content security policy', () => {
  it('runs no script without the nonce, and lets nobody frame the page', () => {
    const policy = contentSecurityPolicy('abc', false)
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'))
    expect(scripts).toContain("'nonce-abc'")
    expect(scripts).not.toMatch(/unsafe|\*|https?:/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("base-uri 'none'")
  })

  it('has another nonce in every answer, and tells the page which', () => {
    const nonces = [1, 2].map(() => {
      const { headers } = proxy(new NextRequest('http://localhost:3000/'))
      const nonce = headers.get('x-middleware-request-x-nonce')
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
      expect(headers.get('Content-Security-Policy')).toContain(`'nonce-${nonce}'`)
      expect(headers.get('x-middleware-request-content-security-policy')).toBe(
        headers.get('Content-Security-Policy'),
      )
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })
})
