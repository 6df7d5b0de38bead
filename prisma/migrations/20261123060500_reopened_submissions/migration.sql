-- What the server had submitted before an extension opened the attempt again.
CREATE TABLE "ReopenedSubmission" (
    "id" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "submittedAt" TIMESTAMP(3) NOT NULL,
    "creditPercent" INTEGER,
    "receipt" TEXT,
    "signedReceipt" TEXT,
    "points" INTEGER NOT NULL,
    "maximum" INTEGER NOT NULL,
    "mayKnowKey" BOOLEAN NOT NULL,
    "reopenedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReopenedSubmission_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReopenedSubmission_attemptId_idx" ON "ReopenedSubmission"("attemptId");

-- CreateIndex
CREATE INDEX "ReopenedSubmission_receipt_idx" ON "ReopenedSubmission"("receipt");

-- AddForeignKey
ALTER TABLE "ReopenedSubmission" ADD CONSTRAINT "ReopenedSubmission_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
