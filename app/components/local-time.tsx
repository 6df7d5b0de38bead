'use client'

import { useSyncExternalStore } from 'react'
import { languageTag } from '@/app/messages/language'
import { usePreferences } from './preferences'

const never = () => () => {}

/** Whether the page runs in a browser, whose time zone is the student's. False while the server draws it. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/** @returns a formatter of moments (ISO 8601) in the student's time zone: "Thu 26 Nov, 18:00". */
export function useMomentFormat(): (iso: string) => string {
  const { language } = usePreferences()
  const inBrowser = useInBrowser()
  const format = new Intl.DateTimeFormat(language.interface === 'zh' ? 'zh-Hant-TW' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(!inBrowser && { timeZone: 'UTC', timeZoneName: 'short' }),
  })
  return (iso) => format.format(new Date(iso))
}

export function Moment({ iso }: { iso: string }) {
  const { language } = usePreferences()
  const format = useMomentFormat()
  return (
    <time dateTime={iso} lang={languageTag[language.interface]}>
      {format(iso)}
    </time>
  )
}

/** "12:03:04" in the student's time zone. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hourCycle: 'h23' })
}
