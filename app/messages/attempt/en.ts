import { plural } from '../counting'
import type { AttemptMessages } from './messages'

export const en: AttemptMessages = {
  time: {
    opens: (when, relative) => `Opens ${when}, ${relative}`,
    due: (when, relative) => `Due ${when}, ${relative}`,
    overdue: (when) => `Was due ${when}`,
    closes: (when, relative) => `Closes ${when}, ${relative}`,
    closed: (when) => `Closed ${when}`,
    noLimit: 'You have no time limit.',
    noDates: 'No closing date.',
    relative: (milliseconds) => {
      const minutes = Math.max(1, Math.round(milliseconds / 60_000))
      const days = Math.floor(minutes / 1440)
      const hours = Math.floor((minutes % 1440) / 60)
      if (days > 0) return hours > 0 ? `in ${days} d ${hours} h` : `in ${days} d`
      return hours > 0 ? `in ${hours} h ${minutes % 60} min` : `in ${minutes} min`
    },
    span: (milliseconds) => {
      const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
      if (seconds < 600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      const minutes = Math.ceil(seconds / 60)
      const days = Math.floor(minutes / 1440)
      const hours = Math.floor((minutes % 1440) / 60)
      if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`
      return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
    },
    opensIn: (span, when) => `Opens in ${span}: ${when}.`,
    dueIn: (span, when, after) =>
      after === 100 ? `Due in ${span}: ${when}.` : `Due in ${span}: ${when}; after that ${after}% counts.`,
    creditIn: (span, when, after) => `Late credit falls to ${after}% in ${span}: ${when}.`,
    closesIn: (span, when) => `Closes in ${span}: the assignment closes ${when}.`,
    limitIn: (span, when) => `${span} left: your time limit ends ${when}.`,
    creditNow: (percent) => `${percent}% counts now.`,
    credited: (percent) => `late, ${percent}% counts`,
    over: 'Time is over. Answers that are on their way are still taken for a moment.',
    reopened: (until) =>
      until
        ? `Reopened: your time was extended until ${until}. What you had saved is there; submit when you are done.`
        : 'Reopened: your time was extended. What you had saved is there; submit when you are done.',
    submittedByServer: 'Your time was over: what was saved has been submitted for you.',
    left: (minutes) => `${plural(minutes, 'minute', 'minutes')} left`,
    limit: (minutes, extra) =>
      extra > 0
        ? `Time limit ${plural(minutes, 'minute', 'minutes')}, your ${extra} extra ones included.`
        : `Time limit ${plural(minutes, 'minute', 'minutes')}, from the moment you start.`,
  },
  assignment: {
    counts: 'What counts',
    start: 'Start',
    starting: 'Starting …',
    continueAt: (label) => `Continue at Q${label}`,
    review: 'Review and submit',
    result: 'See result',
    startFailed: 'It could not be started. Check the network and try again.',
    notOpen: 'It is not open yet.',
    closedUnstarted: 'It has closed, and you did not start it.',
    progress: (answered, total) => `${answered} of ${total} parts answered`,
    mapTitle: 'Questions',
    drawnAtStart: 'Some questions are drawn: which ones you get is known when you start.',
    howSaved: 'Each choice is saved at once. You can leave and come back, on any device.',
    staffLink: 'Students, key and figures',
    submittedAt: (when) => `Submitted ${when}`,
    startAgain: (number) => `Start attempt ${number}`,
    attempts: 'Your attempts',
    attempt: (number) => `Attempt ${number}`,
    attemptsAllowed: (count, keep) =>
      `${count} attempts; ${{ HIGHEST: 'the highest score', LATEST: 'the latest', FIRST: 'the first' }[keep]} counts.`,
    countsBadge: 'counts',
    running: 'in progress',
    late: 'Late:',
    until: 'until',
    untilClosing: 'until it closes',
  },
  state: {
    answered: 'answered',
    partial: 'begun',
    unanswered: 'unanswered',
    flagged: 'flagged',
    current: 'this question',
  },
  question: {
    title: (label) => `Question ${label}`,
    position: (position, total) => `Question ${position} of ${total}`,
    part: (label) => `Part ${label}`,
    explore: {
      open: 'Open',
      close: 'Close',
      unreachable: 'This needs the network. Answers are saved without it.',
      attention: {
        title: 'Ask the model yourself',
        lead: 'Attention of every head, masked words, corpus search.',
      },
      'embedding-visualisation': {
        title: 'Ask the model yourself',
        lead: 'Any question and passage, every layer, with measurements.',
      },
      'embedding-analysis': {
        title: 'Ask the model yourself',
        lead: 'Any character, metric, layer and pair of sentences.',
      },
    },
    chooseOne: 'Choose one',
    chooseCount: (count, chosen) => `Choose ${count === 2 ? 'two' : count} (${chosen} chosen)`,
    chooseAny: (chosen) => `Choose all that apply (${chosen} chosen)`,
    full: (count) => `${count === 2 ? 'Two' : count} are chosen already. Take one back first.`,
    clear: 'Clear',
    flag: 'Flag to come back to',
    previous: 'Previous',
    next: 'Next',
    toReview: 'Review',
    map: 'All questions',
    mapSummary: (answered, total) => `${answered} of ${total} answered`,
    options: 'Options',
    shortcuts: 'Keyboard shortcuts',
    readOnly: 'This attempt is submitted; its answers no longer change.',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    choose: 'Choose an option',
    move: 'Move among options',
    flag: 'Flag this question',
    between: 'Previous, next question',
    map: 'All questions',
    superpixels: 'Walk over superpixels, with the map in focus',
    help: 'Show this list',
    enable: 'Single-key shortcuts',
    enableHint: 'Switch them off if keys get pressed by accident or by speech input.',
  },
  saving: {
    nothing: 'Choices are saved at once.',
    saving: 'Saving …',
    saved: (time) => `Saved ${time}`,
    savedShort: 'Saved',
    waiting: (unsent, kept) =>
      kept
        ? `Waiting for the network (${plural(unsent, 'answer', 'answers')} kept on this device)`
        : `Waiting for the network (${plural(unsent, 'answer', 'answers')})`,
    busy: (unsent, kept) =>
      `The server is busy and asked for a pause. ${plural(unsent, 'answer waits', 'answers wait')}${kept ? ' on this device' : ''} and will be sent soon.`,
    resent: (count) =>
      `The server had lost ${plural(count, 'answer', 'answers')} saved before. This device has sent ${count === 1 ? 'it' : 'them'} again.`,
    resentRead: 'OK',
    restored: (restoredAt, backedUpAt) =>
      `The server was restored ${restoredAt} from a copy of ${backedUpAt}. What this device had saved in between is sent again by itself; what you did on other devices in between may be missing. Please check your answers.`,
    overtaken: 'This tab is older than your last answer. Reload to go on.',
    closed: 'This attempt is closed; its answers no longer change.',
    unsaved: (unsent) =>
      unsent > 0 ? `${plural(unsent, 'answer was', 'answers were')} not saved in time.` : '',
    signedOut: (unsent) =>
      unsent > 0
        ? `You are signed out. ${plural(unsent, 'answer is', 'answers are')} kept on this device; sign in to save.`
        : 'You are signed out. Sign in to save your answers.',
    otherPerson: (unsent) =>
      unsent > 0
        ? `Another account is signed in here. ${plural(unsent, 'answer is', 'answers are')} kept on this device; sign in with yours to save.`
        : 'Another account is signed in here. Sign in with yours to go on.',
    lostAttempt: (unsent) =>
      `The server no longer has this attempt; it was probably restored from an older copy.${
        unsent > 0
          ? ` ${plural(unsent, 'answer is', 'answers are')} kept on this device. Start again, and you can take ${unsent === 1 ? 'it' : 'them'} over.`
          : ''
      }`,
    startAgain: 'Start again',
    lostAnswers: {
      title: 'Answers of an attempt that the server has lost',
      text: (kept) =>
        `Your earlier attempt is no longer on the server, which was restored from an older copy. This device has kept ${plural(kept, 'answer', 'answers')} of it.`,
      answeredAnew: (count) =>
        count > 0
          ? `${plural(count, 'part that you have', 'parts that you have')} answered anew will stay as you did.`
          : '',
      changed: (count) =>
        count > 0
          ? `${plural(count, 'answer belongs', 'answers belong')} to questions that have changed since, and cannot be taken over; the file holds ${count === 1 ? 'it' : 'them'} too.`
          : '',
      take: (count) => `Take over ${plural(count, 'answer', 'answers')}`,
      dismiss: 'I do not need them',
    },
    refused: (unsent) => `${plural(unsent, 'answer was', 'answers were')} refused:`,
    storageFull: 'This browser cannot keep answers on the device. Stay on this page until they are saved.',
    reload: 'Reload',
    signIn: 'Sign in',
    offline: 'No network. You can go on answering; everything is kept on this device.',
    keptCopy: (time) => `This page is the copy that this device kept at ${time}.`,
    answerFile: 'Download them as a file for your instructor',
    answerFileFailed: 'This browser could not make the file.',
    leave: {
      title: 'Answers are still waiting',
      text: (unsent) =>
        `${plural(unsent, 'answer has', 'answers have')} not reached the server. They stay on this device and are sent when you sign in here again.`,
      draftsTitle: 'A draft is not saved yet',
      drafts: (unsaved) =>
        `${plural(unsaved, 'question that was written here has', 'questions that were written here have')} changes that the server does not have. Drafts hold the key: signing out removes them from this device.`,
      stay: 'Stay signed in',
      confirm: 'Sign out all the same',
    },
  },
  review: {
    title: 'Review and submit',
    allAnswered: 'Every part is answered.',
    unanswered: (count) => `${plural(count, 'question has', 'questions have')} no answer yet.`,
    partial: (count) => `${plural(count, 'question is', 'questions are')} only begun.`,
    flagged: (count) => `${plural(count, 'question is', 'questions are')} flagged.`,
    open: 'Unanswered',
    flaggedTitle: 'Flagged',
    answeredTitle: 'Answered',
    submit: 'Submit',
    submitting: 'Submitting …',
    waiting: 'You can submit when all answers are saved.',
    confirmTitle: 'Submit this attempt?',
    confirmComplete: 'All parts are answered.',
    confirmOpen: (count) =>
      `${plural(count, 'question is', 'questions are')} not fully answered; missing answers count as empty.`,
    confirmFinal: 'After this, answers no longer change.',
    confirm: 'Submit now',
    back: 'Keep working',
    failed: 'It was not submitted. Nothing is lost; try again.',
    receiptTitle: 'Submitted',
    receipt: 'Receipt',
    receiptHint: 'Keep this code: it proves what you submitted and when.',
    seeResult: 'See result',
    backToQuestions: 'Back to the questions',
  },
  result: {
    title: 'Result',
    ofMaximum: (maximum) => `of ${maximum} points`,
    byTopic: 'By topic',
    byQuestion: 'Question by question',
    yours: 'Your choice',
    both: 'Your choice, right',
    missed: 'Right, not chosen',
    noAnswer: 'No answer',
    why: 'Why',
    notReleased: 'Your attempt is submitted. The score is not released.',
    notReleasedUntil: (when) => `Your attempt is submitted. The score is released ${when}.`,
    keyNotReleased: 'The key is not released; you see your own choices.',
    keyNotReleasedUntil: (when) => `The key is released ${when}; until then you see your own choices.`,
    lateCredit: (percent, earned, credited) => `Late: ${percent}% of ${earned} is ${credited}`,
    byServer: 'submitted when time was over',
    signedReceipt: 'Signed receipt',
    print: 'Print',
    full: 'Full points',
    partly: 'Part of the points',
    zero: 'No points',
  },
}
