import { Temporal } from 'temporal-polyfill'

/**
 * Dates as people write them: a clock on the wall of a time zone. Deadlines are kept as instants; only forms and
 * sentences speak of wall clocks.
 */

/** Whether it is an IANA name that this system knows, as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}

/**
 * @param wall `2027-03-28T18:00`, as a browser's date field gives it; seconds may follow
 * @returns the instant; where clocks go back and the time comes twice, the first one; null: that time does not exist,
 * since clocks go forward over it, or the text is no date.
 */
export function instantOfWall(wall: string, timeZone: string): Date | null {
  let local: Temporal.PlainDateTime
  try {
    local = Temporal.PlainDateTime.from(wall)
  } catch {
    return null
  }
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return zoned.toPlainDateTime().equals(local) ? new Date(zoned.epochMilliseconds) : null
}

/** @returns `2027-03-28T18:00`, for a browser's date field. */
export function wallOfInstant(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}
