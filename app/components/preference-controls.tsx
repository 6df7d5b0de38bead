'use client'

import { Monitor, Moon, Settings2, Sun } from 'lucide-react'
import { languageTag } from '@/app/messages/language'
import { usePreferences } from './preferences'
import { Segments } from './segments'
import { Sheet } from './sheet'
import { SignOut } from './sign-out'

export function LanguageControl({ className }: { className?: string }) {
  const { language, messages, setReading } = usePreferences()
  return (
    <Segments
      className={className}
      legend={messages.language.label}
      value={language.reading}
      onChange={setReading}
      segments={[
        { value: 'zh', label: '中文', name: '中文', lang: languageTag.zh },
        { value: 'en', label: 'EN', name: 'English', lang: languageTag.en },
        { value: 'both', label: messages.language.bothShort, name: messages.language.both },
      ]}
    />
  )
}

export function ThemeControl({ className }: { className?: string }) {
  const { theme, messages, setTheme } = usePreferences()
  const { light, dark, system } = messages.theme
  return (
    <Segments
      className={className}
      legend={messages.theme.label}
      value={theme}
      onChange={setTheme}
      segments={[
        { value: 'light', label: <Sun size={15} aria-hidden="true" />, name: light },
        { value: 'dark', label: <Moon size={15} aria-hidden="true" />, name: dark },
        { value: 'system', label: <Monitor size={15} aria-hidden="true" />, name: system },
      ]}
    />
  )
}

/** Language, theme and account: in the header from 768 px, behind one button on a phone. */
export function HeaderControls({ name }: { name: string | null }) {
  const { messages } = usePreferences()
  return (
    <>
      <div className="hidden items-center gap-3 md:flex">
        <LanguageControl />
        <ThemeControl />
        {name && (
          <div className="ml-2 flex items-center gap-3 border-l pl-4 text-13 text-quiet">
            <span className="hidden max-w-40 truncate lg:inline">{name}</span>
            <SignOut className="tool" />
          </div>
        )}
      </div>
      <div className="md:hidden">
        <Sheet
          title={messages.common.settings}
          trigger={
            <button type="button" className="tool" aria-label={messages.common.settings}>
              <Settings2 size={20} aria-hidden="true" />
            </button>
          }
        >
          <div className="grid gap-5">
            <LanguageControl className="w-full" />
            <ThemeControl className="w-full" />
            {name && (
              <div className="flex items-center justify-between border-t pt-4">
                <span className="truncate text-quiet">{name}</span>
                <SignOut className="button" />
              </div>
            )}
          </div>
        </Sheet>
      </div>
    </>
  )
}
