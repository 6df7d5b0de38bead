import { usePreferences } from '@/app/components/preferences'
import { type BankMessages, bankDictionaries } from '@/app/messages/course-desk/bank'

export function useBankMessages(): BankMessages {
  return bankDictionaries[usePreferences().language.interface]
}
