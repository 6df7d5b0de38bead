import { notFound } from 'next/navigation'

/** @returns the number in an address; anything else is no regrade. */
export function regradeNumber(given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given)) notFound()
  return Number(given)
}
