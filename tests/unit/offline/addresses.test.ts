import { describe, expect, it } from 'vitest'
import { documentKey, staticFilesOf, treatmentOf } from '@/app/offline/worker/addresses'

const own = 'https://vitrine.example'
const ask = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  treatmentOf({ url: path.startsWith('http') ? path : own + path, mode, method }, own)
const figure = 'a'.repeat(64)

describe('what the service worker does with a request', () => {
  it.each([
    ['/courses/xai/hw9/questions/7', '/courses/xai/hw9/questions'],
    ['/courses/xai/hw9/review', '/courses/xai/hw9/review'],
    ['/courses/xai/hw9', null],
    ['/courses/xai/hw9/result', null],
    ['/courses/xai/hw9/staff', null],
    ['/', null],
  ])('a page %s is kept under %s', (path, key) => {
    expect(ask(path, 'navigate')).toEqual({ kind: 'page', key })
    expect(documentKey(path)).toBe(key)
  })

  it.each(['/api/auth/signout', '/api/auth/callback/credentials', '/api/auth/callback/institution?code=1'])(
    'forgets the person at %s',
    (path) => {
      expect(ask(path, 'cors', 'POST')).toEqual({ kind: 'identity' })
      expect(ask(path, 'navigate')).toEqual({ kind: 'identity' })
    },
  )

  it.each([
    ['/api/attempts/1/answers', 'GET'],
    ['/api/attempts/1/answers/q01', 'PUT'],
    ['/api/attempts/1', 'GET'],
    ['/api/attempts/1/submit', 'POST'],
    ['/api/assignments/1/attempts', 'POST'],
    ['/courses/xai/hw9/review?_rsc=1', 'GET'],
    [`/api/figures/${figure}`, 'PUT'],
    ['https://elsewhere.example/_next/static/chunks/a.js', 'GET'],
  ])('leaves %s (%s) to the network', (path, method) => {
    expect(ask(path, 'cors', method)).toEqual({ kind: 'network' })
  })

  it('answers figures and files named by their content from copies', () => {
    expect(ask(`/api/figures/${figure}`).kind).toBe('figure')
    expect(ask(`/api/figures/${figure}/assets/picture-2.png`).kind).toBe('figure')
    expect(ask(`/api/figures/${figure}/image?theme=light`).kind).toBe('network')
    expect(ask(`/api/figures?request=${figure}`).kind).toBe('figure-state')
    expect(ask(`/api/figures?request=${figure}&request=${figure}`).kind).toBe('network')
    expect(ask('/_next/static/chunks/a.js').kind).toBe('static')
  })

  it('finds the scripts and styles of a document, each once', () => {
    const html = `<link href="/_next/static/chunks/a-1.css"/><script src="/_next/static/chunks/b_2~c.js"></script>
      <script>self.__next_f.push([1,"[\\"/_next/static/chunks/b_2~c.js\\"]"])</script>`
    expect(staticFilesOf(html)).toEqual(['/_next/static/chunks/a-1.css', '/_next/static/chunks/b_2~c.js'])
  })
})
