import type { Language } from '@/app/messages/language'
import { en } from './en'
import type { StudioMessages } from './messages'
import { zh } from './zh'

export const studioDictionaries: Readonly<Record<Language, StudioMessages>> = { en, zh }
