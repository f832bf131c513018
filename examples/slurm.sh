#!/usr/bin/env bash
# Works on the news in $NEWS together with all other jobs of the array, and leaves parts in $PARTS.
# Both must be seen by every node under the same name.  Then, on one node:
#   tocsin gather "$PARTS" --store crisis --watch
#SBATCH --job-name=tocsin
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -euo pipefail

echo "job ${SLURM_ARRAY_TASK_ID:?start me with sbatch} on $(hostname)"
exec tocsin work "${NEWS:?}" --out "${PARTS:?}" --workers "${SLURM_CPUS_PER_TASK:-1}"
