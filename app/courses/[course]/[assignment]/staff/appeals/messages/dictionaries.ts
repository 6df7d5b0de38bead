import type { Language } from '@/app/messages/language'
import { en } from './en'
import type { AppealMessages } from './messages'
import { zh } from './zh'

export const appealDictionaries: Readonly<Record<Language, AppealMessages>> = { en, zh }
