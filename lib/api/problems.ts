import type { Bilingual } from '@/lib/explainers/bilingual'

/**
 * The closed list of what can go wrong in an answer to a page or a caller: HTTP status, what a person reads, and
 * what the caller should do. Nothing else about a failure leaves the server.
 */
export const problems = {
  unauthenticated: {
    status: 401,
    message: { zh: '請先登入。', en: 'Please sign in.' },
    action: 'Sign in, then send the request again.',
  },
  forbidden: {
    status: 403,
    message: { zh: '你的身分不能做這件事。', en: 'Your role may not do this.' },
    action: 'Do not retry. Ask an instructor of the course for the role.',
  },
  'cross-site': {
    status: 403,
    message: {
      zh: '這個請求來自其他網站，已拒絕。',
      en: 'This request came from another site and was refused.',
    },
    action: 'Send writes from a page of this site.',
  },
  'not-found': {
    status: 404,
    message: { zh: '找不到這個頁面或資料。', en: 'There is nothing here, or it is not yours to see.' },
    action: 'Check the address.',
  },
  'invalid-request': {
    status: 400,
    message: { zh: '請求的格式不正確。', en: 'The request has the wrong form.' },
    action: 'Correct the fields named in `fields`; /api/openapi.json says what is allowed.',
  },
  'invalid-answer': {
    status: 422,
    message: {
      zh: '這題沒有這個選項，或選了太多選項。請重新載入。',
      en: 'The question has no such option, or too many were chosen. Reload to go on.',
    },
    action: 'Reload the attempt; send options of the part, at most as many as it allows.',
  },
  'wrong-content-type': {
    status: 415,
    message: { zh: '請求的內容類型不對。', en: 'The request is of another type than expected.' },
    action: 'Send Content-Type: application/json, or the type that the route names.',
  },
  'too-large': {
    status: 413,
    message: { zh: '請求太大。', en: 'The request is too large.' },
    action: 'Send at most 256 KiB.',
  },
  'assignment-not-open': {
    status: 409,
    message: { zh: '作業尚未開放。', en: 'The assignment is not open yet.' },
    action: 'Wait until `opensAt` of the assignment.',
  },
  'assignment-closed': {
    status: 409,
    message: { zh: '作業已截止，答案不再變更。', en: 'The assignment has closed; answers no longer change.' },
    action: 'Do not retry. What was saved before can still be submitted.',
  },
  'attempt-time-over': {
    status: 409,
    message: {
      zh: '作答時間已用完，答案不再變更。',
      en: 'The time of this attempt is over; its answers no longer change.',
    },
    action: 'Do not retry. What was saved before is submitted by the server.',
  },
  'answer-file-unreadable': {
    status: 422,
    message: {
      zh: '無法開啟這個答案檔：它不是這個系統的答案檔，或內容已被更改。',
      en: 'This answer file cannot be opened: it is not one of this site’s, or it was changed.',
    },
    action: 'Ask the student for the file as it was downloaded; `reason` says form, key or tampered.',
  },
  'answer-file-late': {
    status: 409,
    message: {
      zh: '這份作答已結束；要收下檔案裡的答案，請明確同意。',
      en: 'The attempt has ended; taking the answers of the file needs your explicit consent.',
    },
    action: 'Send `acceptLate` if the answers shall count all the same.',
  },
  'attempts-used-up': {
    status: 409,
    message: { zh: '你已用完所有作答次數。', en: 'You have used all of your attempts.' },
    action: 'Do not retry. Show the result.',
  },
  'attempt-submitted': {
    status: 409,
    message: {
      zh: '這份作答已繳交，答案不再變更。',
      en: 'This attempt was submitted; its answers no longer change.',
    },
    action: 'Do not retry. Show the result.',
  },
  'attempt-not-submitted': {
    status: 409,
    message: { zh: '這份作答尚未繳交。', en: 'This attempt has not been submitted yet.' },
    action: 'Submit the attempt first.',
  },
  'version-outdated': {
    status: 409,
    message: { zh: '有人先修改了這一題。', en: 'Somebody else has changed this question meanwhile.' },
    action: 'Read the latest version, then send the change again.',
  },
  'draft-conflict': {
    status: 409,
    message: {
      zh: '這份草稿在別處被儲存、發布或捨棄了。',
      en: 'This draft was saved, published or discarded elsewhere meanwhile.',
    },
    action:
      'Show `stored` beside the own draft; send the one that shall stay with the revision of `stored`. What it replaces is set aside.',
  },
  'pools-conflict': {
    status: 409,
    message: {
      zh: '題組在這段時間被其他人儲存過。',
      en: 'Somebody else has saved the pools meanwhile.',
    },
    action:
      'Show `stored` beside the own pools; send those that shall stay with the revision of `stored`. What they replace is in the history.',
  },
  'key-contradicted': {
    status: 409,
    message: {
      zh: '模型的表現與答案不符。若仍要發布，請寫下理由。',
      en: 'The model contradicts this key. To publish it all the same, give a reason.',
    },
    action: 'Look at `contradicted`; correct the key, or send the change again with `reason`.',
  },
  'variant-in-use': {
    status: 409,
    message: {
      zh: '已有學生的作答使用這個變體，因此不能移除，只能停止發給新的作答。',
      en: 'Attempts show this variant, so it cannot be removed. It can be dealt no more.',
    },
    action: 'Send `dealt: false` instead: attempts that begin from then on do not get it.',
  },
  'variant-limit': {
    status: 409,
    message: {
      zh: '等候中的變體太多，請等其中一些完成，或取消幾個。',
      en: 'Too many variants of this question wait. Wait for some, or cancel them.',
    },
    action: 'At most `most` may wait. Send the request again when some have ended.',
  },
  'name-taken': {
    status: 409,
    message: { zh: '已經有這個名稱了。', en: 'There is one of this name already.' },
    action: 'Choose another name, or use what is there.',
  },
  'assignment-started': {
    status: 409,
    message: {
      zh: '已有學生開始作答，因此不能這樣變更。你可以把作業封存。',
      en: 'Somebody has started this assignment, so this can no longer be done. It can be archived.',
    },
    action: 'Do not retry. Archive the assignment instead.',
  },
  'assignment-empty': {
    status: 409,
    message: {
      zh: '作業還沒有題目，無法發布。',
      en: 'The assignment has no questions yet, so it cannot be published.',
    },
    action: 'Add questions, then publish it.',
  },
  'pool-short': {
    status: 409,
    message: {
      zh: '有題組的題數不足，抽不到設定的題數，無法發布。',
      en: 'A pool has fewer questions than it draws, so the assignment cannot be published.',
    },
    action: 'Publish more questions of the `pools`, or draw fewer.',
  },
  'assignment-file-refused': {
    status: 422,
    message: {
      zh: '這個檔案不能作為作業，因此沒有新增。',
      en: 'This file cannot be taken as an assignment. Nothing was made.',
    },
    action: 'Correct the `lines`, each with its number, path and what is wrong, and send all again.',
  },
  'last-instructor': {
    status: 409,
    message: {
      zh: '課程至少要有一位教師。請先加入另一位。',
      en: 'A course keeps at least one instructor. Add another one first.',
    },
    action: 'Make somebody else an instructor first.',
  },
  'account-entered': {
    status: 409,
    message: {
      zh: '這些人已經可以登入，或由其他課程邀請，因此無法產生邀請連結。',
      en: 'They can sign in already, or another course has invited them: there is no link to make.',
    },
    action: 'Do not retry. Ask an operator of the site where a password was lost.',
  },
  'invitation-void': {
    status: 410,
    message: {
      zh: '這個邀請連結已使用過、已過期，或已換新。請向教師索取新的連結。',
      en: 'This invitation was used, has expired, or was replaced. Ask your instructor for a new one.',
    },
    action: 'Do not retry. Ask an instructor of the course for a new invitation.',
  },
  'model-unreadable': {
    status: 422,
    message: {
      zh: '這個檔案不是可以讀取的模型，沒有存下任何內容。',
      en: 'This file is no model that can be read. Nothing of it was kept.',
    },
    action: 'Send an ONNX model, a file of torch.save, a zip of a Hugging Face BERT folder, or safetensors.',
  },
  'model-too-large': {
    status: 413,
    message: { zh: '檔案太大，沒有存下任何內容。', en: 'The file is too large. Nothing of it was kept.' },
    action: 'Send at most `limit` bytes.',
  },
  'model-limit': {
    status: 409,
    message: {
      zh: '這門課程的模型數已達上限，請先移除不用的模型。',
      en: 'This course has as many models as it may have. Remove one that is not used first.',
    },
    action: 'Remove a model that is not used.',
  },
  'hub-off': {
    status: 409,
    message: {
      zh: '這個網站不從 Hub 取得模型，請改為上傳檔案。',
      en: 'This site fetches no models from the Hub. Please upload a file instead.',
    },
    action: 'Do not retry. Upload the model.',
  },
  'model-not-read': {
    status: 409,
    message: {
      zh: '這個模型還在檢查，或已被拒收。',
      en: 'This model is still being checked, or was refused.',
    },
    action: 'Wait until its state is `details` or `ready`.',
  },
  'model-in-use': {
    status: 409,
    message: {
      zh: '題目的圖還在使用這個模型，因此不能移除，也不能更改類別與前處理。',
      en: 'Figures of questions use this model, so it cannot be removed, nor its classes or preprocessing changed.',
    },
    action: 'Upload another model under another name.',
  },
  'table-refused': {
    status: 422,
    message: {
      zh: '表格中有無法收下的資料列，因此沒有做任何變更。',
      en: 'The table has lines that cannot be taken in. Nothing was changed.',
    },
    action:
      'Correct the `lines`, each with its number, what is wrong and what stands there, and send all again.',
  },
  'regrade-outdated': {
    status: 409,
    message: {
      zh: '資料已變動，影響與你看到的不同。請重新檢視後再套用。',
      en: 'Something has changed meanwhile: this would do something else than what you saw. Look at it again.',
    },
    action:
      'Read the regrade again, look at its effect, and send the new `fingerprint`; if it is `outdated`, edit it first.',
  },
  'regrade-closed': {
    status: 409,
    message: {
      zh: '這份重新評分已套用或已捨棄，不能再變更。',
      en: 'This regrade was applied or discarded; it no longer changes.',
    },
    action: 'Do not retry. Draft another regrade, or undo an applied one.',
  },
  'regrade-superseded': {
    status: 409,
    message: {
      zh: '之後的重新評分又改了同一題，請先復原那一份。',
      en: 'A later regrade changed the same part again. Undo that one first.',
    },
    action: 'Undo regrade number `supersededBy` first, or draft a new change.',
  },
  'second-person-required': {
    status: 409,
    message: {
      zh: '這門課要求由另一位教師套用，撰寫者不能自行套用。',
      en: 'This course wants a second person: whoever wrote a regrade may not apply it.',
    },
    action: 'Ask another instructor of the course to apply it.',
  },
  'adjustment-outdated': {
    status: 409,
    message: {
      zh: '這一題在你查看之後已有人調整，或分數已變動。沒有覆寫任何內容，請看過現況再決定。',
      en: 'Somebody has adjusted this part since you saw it, or its score has changed. Nothing was overwritten: look at it as it is now.',
    },
    action: 'Read the part again and send what it shows as `seen`.',
  },
  'appeal-not-open': {
    status: 409,
    message: {
      zh: '現在不能申請複查：成績尚未公布，或申請期限已過。',
      en: 'This score cannot be asked about now: it is not released, or the time for questions is over.',
    },
    action: 'Do not retry. GET the attempt’s appeals for `until`.',
  },
  'appeal-standing': {
    status: 409,
    message: {
      zh: '這一題已有待處理的複查申請，或申請次數已達上限。',
      en: 'You have a question about this part already, or have asked as often as you may.',
    },
    action: 'Wait for the answer, or withdraw the open one; `limit` says how many a part may have.',
  },
  'appeal-held': {
    status: 409,
    message: {
      zh: '這件複查目前不在你手上：由別人處理中，或尚未有人接下。',
      en: 'This question is not with you: somebody else has taken it, or nobody has.',
    },
    action: '`holder` says who has it, `until` for how long. Take it (PUT claim) when it is free.',
  },
  'appeal-closed': {
    status: 409,
    message: {
      zh: '這件複查已回覆或已撤回。',
      en: 'This question was answered or withdrawn.',
    },
    action: 'Do not retry. Read it again.',
  },
  'picture-refused': {
    status: 422,
    message: { zh: '這個檔案無法當作圖片。', en: 'This file cannot be taken as a picture.' },
    action: 'Look at `reason`, and send another file.',
  },
  'pictures-refused': {
    status: 422,
    message: {
      zh: 'zip 中有無法收下的檔案，因此沒有做任何變更。',
      en: 'The zip cannot be taken in as it is. Nothing was changed.',
    },
    action:
      'Correct the `lines`, each with its file (none: the zip itself) and the reason, and send all again.',
  },
  'picture-outdated': {
    status: 409,
    message: {
      zh: '有人先修改了這張圖片。',
      en: 'Somebody else has changed this picture meanwhile.',
    },
    action: 'Read the picture again, then send the change again.',
  },
  'picture-differs': {
    status: 409,
    message: {
      zh: '這門課已有相同的圖片，但類別或區域不同，因此沒有複製任何內容。請先修改這些圖片。',
      en: 'The course has some of these pictures already, as another class or with other regions. Nothing was copied: change them first.',
    },
    action:
      'Change the course’s own `pictures`, each with its id, title and what differs (`otherClass`, `lacking` regions), then copy again.',
  },
  'picture-in-use': {
    status: 409,
    message: {
      zh: '有題目使用這張圖片，因此不能移除，只能封存。',
      en: 'Questions use this picture: it cannot be removed, only archived.',
    },
    action: 'Archive it instead; `usedBy` names the questions.',
  },
  'figure-not-ready': {
    status: 409,
    message: { zh: '圖還沒有準備好。', en: 'The figure is not ready yet.' },
    action: 'Ask GET /api/figures for its state.',
  },
  'too-many-saves': {
    status: 429,
    message: {
      zh: '儲存過於頻繁，答案保留在此裝置，稍後會自動再送出。',
      en: 'Too many saves in a short time. The answer stays on this device and is sent again.',
    },
    action: 'Keep the answer, wait `waitSeconds`, also given as Retry-After, then send it again.',
  },
  'figure-impossible': {
    status: 422,
    message: {
      zh: '這樣的設定做不出圖。',
      en: 'No figure can be made with these settings.',
    },
    action: 'Correct what `reason` names, in both languages, then send the specification again.',
  },
  'swap-impossible': {
    status: 422,
    message: {
      zh: '這個模型不能替換這些題目裡的模型。',
      en: 'This model cannot take the place of the other in these questions.',
    },
    action: 'Leave out the questions in `obstacles`, which say why, or choose another model.',
  },
  'swap-limit': {
    status: 409,
    message: {
      zh: '這份作業已有太多尚未決定的模型替換，請先套用或捨棄一個。',
      en: 'This assignment has too many proposed swaps. Apply or discard one first.',
    },
    action: 'At most `most` swaps of an assignment are proposed at a time.',
  },
  'swap-closed': {
    status: 409,
    message: { zh: '這次模型替換已經套用。', en: 'This swap has been applied.' },
    action: 'Do not retry. Propose the swap back instead.',
  },
  'swap-unfinished': {
    status: 409,
    message: {
      zh: '新模型的圖與答案檢查尚未全部完成。',
      en: 'Not all figures and keys of the new model are computed yet.',
    },
    action: 'Wait until `keys` is done and all `figures` are ready; leave out a question whose figure fails.',
  },
  'swap-outdated': {
    status: 409,
    message: {
      zh: '有題目在這之後發布了新版本或重新評分，請重新比較。',
      en: 'A question was published or regraded since. Compare again.',
    },
    action: 'Discard the proposal and propose it anew; `questionIds` have changed.',
  },
  'preview-limit': {
    status: 429,
    message: {
      zh: '你有太多預覽正在計算，請先取消一個或稍候。',
      en: 'Too many of your previews are being computed. Cancel one, or wait for it.',
    },
    action:
      'At most `most` previews of a person are computed at a time. Cancel one, or wait until one is ready.',
  },
  'exploration-quota': {
    status: 429,
    message: {
      zh: '你在短時間內探索了很多次，請稍等片刻。',
      en: 'You have explored a great deal in a short time. Please wait a moment.',
    },
    action: 'Wait `waitSeconds`, also given as Retry-After, then send the request again.',
  },
  unavailable: {
    status: 503,
    message: {
      zh: '系統暫時無法使用，請稍後再試。',
      en: 'The system is not available at the moment. Please try again.',
    },
    action: 'Retry with growing pauses; a save may be repeated safely.',
  },
  internal: {
    status: 500,
    message: {
      zh: '系統發生錯誤，請再試一次。',
      en: 'Something went wrong on the server. Please try again.',
    },
    action: 'Retry once; then report `requestId`.',
  },
} as const satisfies Record<string, { status: number; message: Bilingual; action: string }>

export type ProblemCode = keyof typeof problems

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]
