import { appealContracts } from '@/lib/api/contracts/appeals'
import { assignmentContracts } from '@/lib/api/contracts/assignments'
import { attemptContracts } from '@/lib/api/contracts/attempts'
import { authoringContracts } from '@/lib/api/contracts/authoring'
import { figureContracts } from '@/lib/api/contracts/figures'
import { modelSwapContracts } from '@/lib/api/contracts/model-swaps'
import { modelContracts } from '@/lib/api/contracts/models'
import { operationContracts } from '@/lib/api/contracts/operations'
import { peopleContracts } from '@/lib/api/contracts/people'
import { pictureContracts } from '@/lib/api/contracts/pictures'
import { previewContracts } from '@/lib/api/contracts/previews'
import { questionContracts } from '@/lib/api/contracts/questions'
import { regradeContracts } from '@/lib/api/contracts/regrades'
import { sectionContracts } from '@/lib/api/contracts/sections'
import { siteContracts } from '@/lib/api/contracts/site'
import { studioContracts } from '@/lib/api/contracts/studio'
import { variantContracts } from '@/lib/api/contracts/variants'

/** Every route of the site, except next-auth's own below /api/auth. */
export const contracts = {
  ...attemptContracts,
  ...figureContracts,
  ...previewContracts,
  ...assignmentContracts,
  ...authoringContracts,
  ...peopleContracts,
  ...sectionContracts,
  ...modelContracts,
  ...modelSwapContracts,
  ...questionContracts,
  ...regradeContracts,
  ...studioContracts,
  ...variantContracts,
  ...appealContracts,
  ...pictureContracts,
  ...operationContracts,
  ...siteContracts,
}
