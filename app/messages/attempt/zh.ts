import type { AttemptMessages } from './messages'

export const zh: AttemptMessages = {
  time: {
    opens: (when, relative) => `${when} 開放（${relative}）`,
    due: (when, relative) => `${when} 到期（${relative}）`,
    overdue: (when) => `已於 ${when} 到期`,
    closes: (when, relative) => `${when} 截止（${relative}）`,
    closed: (when) => `已於 ${when} 截止`,
    noLimit: '作答時間不限。',
    noDates: '沒有截止日期。',
    relative: (milliseconds) => {
      const minutes = Math.max(1, Math.round(milliseconds / 60_000))
      const days = Math.floor(minutes / 1440)
      const hours = Math.floor((minutes % 1440) / 60)
      if (days > 0) return hours > 0 ? `還有 ${days} 天 ${hours} 小時` : `還有 ${days} 天`
      return hours > 0 ? `還有 ${hours} 小時 ${minutes % 60} 分` : `還有 ${minutes} 分鐘`
    },
    span: (milliseconds) => {
      const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
      if (seconds < 600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      const minutes = Math.ceil(seconds / 60)
      const days = Math.floor(minutes / 1440)
      const hours = Math.floor((minutes % 1440) / 60)
      if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小時` : `${days} 天`
      return hours > 0 ? `${hours} 小時 ${minutes % 60} 分` : `${minutes} 分鐘`
    },
    opensIn: (span, when) => `${span}後開放：${when}。`,
    dueIn: (span, when, after) =>
      after === 100 ? `${span}後到期：${when}。` : `${span}後到期：${when}，之後只計 ${after}%。`,
    creditIn: (span, when, after) => `${span}後遲交只計 ${after}%：${when} 起。`,
    closesIn: (span, when) => `${span}後截止：作業於 ${when} 截止。`,
    limitIn: (span, when) => `剩下 ${span}：作答時間到 ${when} 為止。`,
    creditNow: (percent) => `現在繳交計 ${percent}%。`,
    credited: (percent) => `遲交，計 ${percent}%`,
    over: '時間到了。正在傳送的答案仍會收下，請稍候。',
    reopened: (until) =>
      until
        ? `作答已重新開放：時間延長至 ${until}。先前儲存的答案都還在，完成後請再繳交。`
        : '作答已重新開放：時間已延長。先前儲存的答案都還在，完成後請再繳交。',
    submittedByServer: '時間到了，已儲存的答案已自動繳交。',
    left: (minutes) => `剩下 ${minutes} 分鐘`,
    limit: (minutes, extra) =>
      extra > 0
        ? `作答時間 ${minutes} 分鐘，已含你的加時 ${extra} 分鐘。`
        : `開始後有 ${minutes} 分鐘可作答。`,
  },
  assignment: {
    counts: '計分方式',
    start: '開始作答',
    starting: '準備中…',
    continueAt: (label) => `從第 ${label} 題繼續`,
    review: '檢查並繳交',
    result: '查看成績',
    startFailed: '無法開始，請檢查網路後再試。',
    notOpen: '作業尚未開放。',
    closedUnstarted: '作業已截止，你沒有作答紀錄。',
    progress: (answered, total) => `已作答 ${answered} / ${total} 項`,
    mapTitle: '題目一覽',
    drawnAtStart: '有些題目是抽出來的：開始作答時，才知道你拿到哪幾題。',
    howSaved: '每次選擇都會立即儲存；可隨時離開，換裝置也能接著作答。',
    staffLink: '學生、答案與圖表',
    submittedAt: (when) => `已於 ${when} 繳交`,
    startAgain: (number) => `開始第 ${number} 次作答`,
    attempts: '你的作答紀錄',
    attempt: (number) => `第 ${number} 次`,
    attemptsAllowed: (count, keep) =>
      `可作答 ${count} 次，以${{ HIGHEST: '最高分', LATEST: '最後一次', FIRST: '第一次' }[keep]}計分。`,
    countsBadge: '計分',
    running: '作答中',
    late: '遲交計分：',
    until: '至',
    untilClosing: '至截止',
  },
  state: {
    answered: '已作答',
    partial: '未完成',
    unanswered: '未作答',
    flagged: '已標記',
    current: '目前這題',
  },
  question: {
    title: (label) => `第 ${label} 題`,
    position: (position, total) => `第 ${position} 題，共 ${total} 題`,
    part: (label) => `第 ${label} 小題`,
    explore: {
      open: '打開',
      close: '收起',
      unreachable: '這裡需要網路連線；作答不受影響。',
      attention: { title: '自己問模型', lead: '每個 head 的注意力、遮住字詞、搜尋語料。' },
      'embedding-visualisation': { title: '自己問模型', lead: '任何問題與文章、每一層，附量測數值。' },
      'embedding-analysis': { title: '自己問模型', lead: '任選字、比較指標、層與句子。' },
    },
    chooseOne: '選一個',
    chooseCount: (count, chosen) => `選 ${count} 個（已選 ${chosen} 個）`,
    chooseAny: (chosen) => `可選多個（已選 ${chosen} 個）`,
    full: (count) => `已選滿 ${count} 個，請先取消一個。`,
    clear: '清除',
    flag: '標記，稍後再看',
    previous: '上一題',
    next: '下一題',
    toReview: '檢查',
    map: '所有題目',
    mapSummary: (answered, total) => `已答 ${answered} / ${total} 題`,
    options: '選項',
    shortcuts: '鍵盤快速鍵',
    readOnly: '這份作答已繳交，答案不再變更。',
  },
  shortcuts: {
    title: '鍵盤快速鍵',
    choose: '選擇選項',
    move: '在選項間移動',
    flag: '標記這一題',
    between: '上一題、下一題',
    map: '所有題目',
    superpixels: '圖上取得焦點後，逐一移動超像素',
    help: '顯示這份清單',
    enable: '單鍵快速鍵',
    enableHint: '若容易誤觸，或使用語音輸入，可以關閉。',
  },
  saving: {
    nothing: '選擇後立即儲存。',
    saving: '儲存中…',
    saved: (time) => `已儲存 ${time}`,
    savedShort: '已儲存',
    waiting: (unsent, kept) =>
      kept ? `等待連線中（${unsent} 題答案已保存在此裝置）` : `等待連線中（${unsent} 題答案尚未儲存）`,
    busy: (unsent, kept) =>
      `伺服器忙碌，請稍候：${unsent} 題答案${kept ? '已保存在此裝置，' : ''}稍後會自動送出。`,
    resent: (count) => `伺服器遺失了先前儲存的 ${count} 題答案，此裝置已重新送出。`,
    resentRead: '知道了',
    restored: (restoredAt, backedUpAt) =>
      `伺服器已於 ${restoredAt} 從 ${backedUpAt} 的備份還原。這段期間在此裝置儲存的答案會自動重新送出；在其他裝置上的變更可能遺失，請檢查你的答案。`,
    overtaken: '這個分頁的內容較舊，請重新載入。',
    closed: '這份作答已關閉，答案不再變更。',
    unsaved: (unsent) => (unsent > 0 ? `有 ${unsent} 題答案未及儲存。` : ''),
    signedOut: (unsent) =>
      unsent > 0 ? `你已登出，${unsent} 題答案保存在此裝置；登入後會儲存。` : '你已登出，請登入以儲存答案。',
    otherPerson: (unsent) =>
      unsent > 0
        ? `此裝置目前登入的是另一個帳號。你的 ${unsent} 題答案保存在此裝置；以你的帳號登入後會儲存。`
        : '此裝置目前登入的是另一個帳號，請以你的帳號登入後繼續。',
    lostAttempt: (unsent) =>
      `伺服器上已沒有這份作答，可能是從較舊的備份還原。${
        unsent > 0 ? `你的 ${unsent} 題答案保存在此裝置；重新開始後，可以帶入新的作答。` : ''
      }`,
    startAgain: '重新開始',
    lostAnswers: {
      title: '伺服器遺失的作答所留下的答案',
      text: (kept) => `伺服器從較舊的備份還原後，已沒有你先前的作答。此裝置保存了其中 ${kept} 題答案。`,
      answeredAnew: (count) => (count > 0 ? `你已重新作答的 ${count} 題會保留現在的答案。` : ''),
      changed: (count) =>
        count > 0 ? `有 ${count} 題的題目之後已修改，答案無法帶入；下載的檔案中仍有這些答案。` : '',
      take: (count) => `帶入 ${count} 題答案`,
      dismiss: '不需要這些答案',
    },
    refused: (unsent) => `伺服器未接受 ${unsent} 題答案：`,
    storageFull: '此瀏覽器無法在裝置上保存答案，儲存完成前請勿離開。',
    reload: '重新載入',
    signIn: '登入',
    offline: '目前沒有網路，可以繼續作答，答案都會保存在此裝置。',
    keptCopy: (time) => `這一頁是此裝置於 ${time} 保存的副本。`,
    answerFile: '下載成檔案，交給老師',
    answerFileFailed: '這個瀏覽器無法製作檔案。',
    leave: {
      title: '還有答案尚未送出',
      text: (unsent) => `有 ${unsent} 題答案還沒有送到伺服器。答案會留在此裝置，下次在這裡登入後送出。`,
      draftsTitle: '還有草稿尚未儲存',
      drafts: (unsaved) =>
        `有 ${unsaved} 題在這裡編寫的草稿，伺服器還沒有收到修改。草稿含有答案，登出後會從此裝置移除。`,
      stay: '保持登入',
      confirm: '仍要登出',
    },
  },
  review: {
    title: '檢查並繳交',
    allAnswered: '每一項都已作答。',
    unanswered: (count) => `還有 ${count} 題未作答。`,
    partial: (count) => `有 ${count} 題尚未完成。`,
    flagged: (count) => `有 ${count} 題已標記。`,
    open: '未作答',
    flaggedTitle: '已標記',
    answeredTitle: '已作答',
    submit: '繳交',
    submitting: '繳交中…',
    waiting: '所有答案儲存後即可繳交。',
    confirmTitle: '確定要繳交嗎？',
    confirmComplete: '每一項都已作答。',
    confirmOpen: (count) => `有 ${count} 題沒有答完，未答的部分以空白計。`,
    confirmFinal: '繳交後答案不再變更。',
    confirm: '確定繳交',
    back: '繼續作答',
    failed: '繳交沒有成功；答案都還在，請再試一次。',
    receiptTitle: '已繳交',
    receipt: '收據',
    receiptHint: '請保留這組代碼，它能證明你繳交的內容與時間。',
    seeResult: '查看成績',
    backToQuestions: '回到題目',
  },
  result: {
    title: '成績',
    ofMaximum: (maximum) => `滿分 ${maximum} 分`,
    byTopic: '各主題',
    byQuestion: '逐題',
    yours: '你的選擇',
    both: '你選對了',
    missed: '正解，你沒有選',
    noAnswer: '未作答',
    why: '說明',
    notReleased: '已繳交，成績不公布。',
    notReleasedUntil: (when) => `已繳交，成績將於 ${when} 公布。`,
    keyNotReleased: '正解尚未公布，這裡只顯示你的選擇。',
    keyNotReleasedUntil: (when) => `正解將於 ${when} 公布，在此之前只看得到自己的選擇。`,
    lateCredit: (percent, earned, credited) => `遲交：${earned} 分的 ${percent}%，計 ${credited} 分`,
    byServer: '時間到時自動繳交',
    signedReceipt: '簽章收據',
    print: '列印',
    full: '滿分',
    partly: '部分得分',
    zero: '未得分',
  },
}
