/** What the sign-in page is told, in the `error` of next-auth's answer. Safe to import in a browser. */
export type SignInError =
  | { readonly kind: 'wrong' }
  /** `seconds` until the next try is looked at. */
  | { readonly kind: 'throttled'; readonly seconds: number }
  /** The institution refused, or its answer could not be used. */
  | { readonly kind: 'institution' }
  | { readonly kind: 'unavailable' }

const throttled = /^throttled:(\d{1,6})$/

export function formatThrottled(seconds: number): string {
  return `throttled:${Math.ceil(seconds)}`
}

/** @param error of `signIn(…, { redirect: false })`, or of the page's address; null when there is none. */
export function parseSignInError(error: string | null | undefined): SignInError | null {
  if (!error) return null
  const seconds = throttled.exec(error)?.[1]
  if (seconds !== undefined) return { kind: 'throttled', seconds: Number(seconds) }
  if (error === 'CredentialsSignin') return { kind: 'wrong' }
  if (/^(OAuth|Callback|AccessDenied)/.test(error)) return { kind: 'institution' }
  return { kind: 'unavailable' }
}
