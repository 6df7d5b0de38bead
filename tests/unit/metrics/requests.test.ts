import { describe, expect, it } from 'vitest'
import { routeNames } from '@/app/direct/route-names'

const nameOf = routeNames({
  staticRoutes: [{ page: '/' }, { page: '/courses' }],
  dynamicRoutes: [
    {
      page: '/api/attempts/[attemptId]/answers/[partId]',
      regex: '^/api/attempts/([^/]+?)/answers/([^/]+?)(?:/)?$',
    },
    { page: '/api/auth/[...nextauth]', regex: '^/api/auth/(.+?)(?:/)?$' },
    { page: '/courses/[course]', regex: '^/courses/([^/]+?)(?:/)?$' },
  ],
})

describe('the name of an address', () => {
  it.each([
    ['/', '/'],
    ['/courses?page=2', '/courses'],
    ['/courses/xai?_rsc=1', '/courses/{course}'],
    ['/api/attempts/abc/answers/q01', '/api/attempts/{attemptId}/answers/{partId}'],
    ['/api/auth/callback/credentials', '/api/auth/{nextauth}'],
    ['/_next/static/chunks/a.js', '/_next'],
    ['/wp-login.php', 'other'],
  ])('is its route: %s', (url, name) => expect(nameOf(url)).toBe(name))

  it('is one of a few, whatever is asked', () => {
    const names = new Set(Array.from({ length: 200 }, (_, index) => nameOf(`/nothing/${index}?x=${index}`)))
    expect([...names]).toEqual(['other'])
  })
})
