-- Students ask about parts of a released score, and staff answer.
ALTER TABLE "Assignment" ADD COLUMN "appealsUntil" TIMESTAMP(3);

CREATE TYPE "AppealStatus" AS ENUM ('OPEN', 'ANSWERED', 'WITHDRAWN');

CREATE TABLE "Appeal" (
    "id" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "partId" TEXT NOT NULL,
    "status" "AppealStatus" NOT NULL DEFAULT 'OPEN',
    "askedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMP(3),
    "claimedById" TEXT,
    "claimedUntil" TIMESTAMP(3),
    CONSTRAINT "Appeal_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Appeal_attemptId_partId_idx" ON "Appeal"("attemptId", "partId");
CREATE INDEX "Appeal_status_askedAt_idx" ON "Appeal"("status", "askedAt");

CREATE TABLE "AppealMessage" (
    "id" BIGSERIAL NOT NULL,
    "appealId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "byStaff" BOOLEAN NOT NULL,
    "authorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "AppealMessage_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AppealMessage_appealId_idx" ON "AppealMessage"("appealId");

ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AppealMessage" ADD CONSTRAINT "AppealMessage_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was said stays as it was said. Depth 1 is a statement of somebody's; a removal with the appeal comes from a trigger.
CREATE FUNCTION refuse_appeal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'AppealMessage is append-only';
END;
$$;

CREATE TRIGGER appeal_message_is_append_only BEFORE UPDATE OR DELETE ON "AppealMessage"
FOR EACH ROW EXECUTE FUNCTION refuse_appeal_change();
