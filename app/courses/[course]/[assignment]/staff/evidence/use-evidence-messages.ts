import { usePreferences } from '@/app/components/preferences'
import { type EvidenceMessages, evidenceMessages } from '@/app/messages/staff-desk/evidence'

export function useEvidenceMessages(): EvidenceMessages {
  return evidenceMessages[usePreferences().language.interface]
}
