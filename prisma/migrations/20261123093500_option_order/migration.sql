-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "shuffleOptions" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "seed" INTEGER,
ADD COLUMN     "shuffled" BOOLEAN NOT NULL DEFAULT false;
