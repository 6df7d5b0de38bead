import type { Prisma } from '@/lib/database/generated/client'

/** @returns the value as a JSON column stores it: dates as ISO 8601, what is undefined left out. */
export function asJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue
}
