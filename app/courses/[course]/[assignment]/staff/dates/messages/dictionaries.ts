import type { Language } from '@/app/messages/language'
import { en } from './en'
import type { DatesMessages } from './messages'
import { zh } from './zh'

export const datesDictionaries: Readonly<Record<Language, DatesMessages>> = { en, zh }
