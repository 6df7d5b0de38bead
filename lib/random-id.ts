/**
 * A name that nobody else makes: 128 random bits in hexadecimal. For browsers, which keep `crypto.randomUUID` from pages
 * that came by plain http from another machine.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
