import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOfWall, isTimeZone, wallOfInstant } from '@/lib/timing/wall-clock'

const iso = (wall: string, zone: string) => instantOfWall(wall, zone)?.toISOString() ?? null

describe('wall clocks', () => {
  it('six in the evening stays six in the evening when the clocks change', () => {
    expect(iso('2027-03-27T18:00', 'Europe/Berlin')).toBe('2027-03-27T17:00:00.000Z')
    expect(iso('2027-03-28T18:00', 'Europe/Berlin')).toBe('2027-03-28T16:00:00.000Z')
    expect(iso('2027-03-28T18:00', 'Asia/Taipei')).toBe('2027-03-28T10:00:00.000Z')
  })

  it('a time that the clocks skip does not exist', () => {
    expect(iso('2027-03-28T02:30', 'Europe/Berlin')).toBeNull()
    expect(iso('2027-03-14T02:30', 'America/New_York')).toBeNull()
    expect(iso('2027-03-28T02:30', 'Asia/Taipei')).not.toBeNull()
  })

  it('a time that comes twice means the first', () => {
    expect(iso('2027-10-31T02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z')
  })

  it('refuses what is no date', () => {
    for (const wall of ['', 'tomorrow', '2027-02-30T10:00', '2027-13-01T10:00'])
      expect(iso(wall, 'UTC'), wall).toBeNull()
  })

  it('what a form shows is what it gives back, but for the hour that comes twice', () => {
    const zone = fc.constantFrom('Asia/Taipei', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC')
    const minute = fc.integer({ min: Date.UTC(2026, 0) / 60_000, max: Date.UTC(2031, 0) / 60_000 })
    fc.assert(
      fc.property(zone, minute, (timeZone, minutes) => {
        const instant = new Date(minutes * 60_000)
        const back = instantOfWall(wallOfInstant(instant, timeZone), timeZone)
        expect([0, 3_600_000]).toContain(instant.getTime() - (back?.getTime() ?? Number.NaN))
      }),
    )
  })

  it('knows the names of time zones', () => {
    expect(isTimeZone('Asia/Taipei')).toBe(true)
    expect(isTimeZone('Asia/Taipeh')).toBe(false)
  })
})
