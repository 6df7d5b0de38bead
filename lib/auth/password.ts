import { hash, type Options, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const parameters: Options = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
}

/** Longer passwords are refused before any work is done for them. */
export const longestPassword = 256

/** @returns an argon2id hash in PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters)
}

let decoy: Promise<string> | undefined

/**
 * Takes the same time whether or not the account exists, so that timing does not tell.
 * @param stored null: there is no such account, or it has no password.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, password)
  decoy ??= hashPassword('no account has this password')
  await verify(await decoy, password)
  return false
}
