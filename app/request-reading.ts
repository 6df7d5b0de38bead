import { languageCookie, type Reading, readLanguage } from './messages/language'

const stored = { zh: 'ZH', en: 'EN', both: 'BOTH' } as const satisfies Record<Reading, string>

/** @returns in which language whoever sends the request reads the questions, as it is stored with an attempt. */
export function readingOfRequest(request: Request): (typeof stored)[Reading] {
  const cookie = (request.headers.get('cookie') ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${languageCookie}=`))
    ?.slice(languageCookie.length + 1)
  return stored[readLanguage(cookie, request.headers.get('accept-language')).reading]
}
