-- AlterTable
ALTER TABLE "User" ADD COLUMN "simulated" BOOLEAN NOT NULL DEFAULT false;
