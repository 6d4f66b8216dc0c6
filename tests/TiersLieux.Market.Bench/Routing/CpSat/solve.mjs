// Solves flexible job shops with CP-SAT. A line of JSON on standard input is a problem, a line on standard output its answer:
//   in  {seconds, workers, jobs: [{release, operations: [{earliestStart, alternatives: [{machine, duration}]}]}],
//        machines: [{place, free: [{start, end}] | null}], transport: [[…]] | null}
// The first line out is {status: "READY"}.
//   out {status: "OPTIMAL" | "FEASIBLE" | "INFEASIBLE" | …, makespan, bound, seconds, operations: [{job, index, machine, start, end}]}
// Operations are not interrupted: each fits in one free stretch. Times are whole numbers from 0.
import { createInterface } from 'node:readline';
import { CpModel, CpSolver, Domain } from 'or-tools-wasm/cp-sat';

/** No plan needs to end later: every operation one after the other, behind the last release; or the end of the calendars. */
function horizonOf({ jobs, machines, transport }) {
  const way = transport ? Math.max(...transport.flat()) : 0;
  let [latest, work] = [0, 0];
  for (const job of jobs) {
    for (const operation of job.operations) {
      latest = Math.max(latest, job.release ?? 0, operation.earliestStart ?? 0);
      work += way + Math.max(...operation.alternatives.map((a) => a.duration));
    }
  }
  const closes = machines.flatMap((m) => (m.free ?? []).map((f) => f.end));
  return Math.max(latest + work, ...closes);
}

/** The starts at which a duration fits into one free stretch. */
function startsOf(machine, earliest, duration, horizon) {
  if (!machine.free) return earliest + duration <= horizon ? [[earliest, horizon - duration]] : [];
  return machine.free
    .map((f) => [Math.max(f.start, earliest), f.end - duration])
    .filter(([first, last], i) => first <= last && first < machine.free[i].end);
}

function build(problem) {
  const { jobs, machines, transport } = problem;
  const model = new CpModel();
  const horizon = horizonOf(problem);
  const makespan = model.newIntVar(0, horizon, 'makespan');
  const onMachine = machines.map(() => []);
  const placed = [];
  jobs.forEach((job, j) => {
    let previous = null;
    job.operations.forEach((operation, i) => {
      const start = model.newIntVar(0, horizon, `s${j}_${i}`);
      const end = model.newIntVar(0, horizon, `e${j}_${i}`);
      const earliest = Math.max(job.release ?? 0, operation.earliestStart ?? 0);
      const choices = [];
      for (const { machine, duration } of operation.alternatives) {
        const starts = startsOf(machines[machine], earliest, duration, horizon);
        if (starts.length === 0) continue;
        const present = model.newBoolVar(`p${j}_${i}_${machine}`);
        const own = model.newIntVarFromDomain(Domain.fromIntervals(starts), `s${j}_${i}_${machine}`);
        model.add(start.minus(own).eq(0)).onlyEnforceIf(present);
        model.add(end.minus(own).eq(duration)).onlyEnforceIf(present);
        onMachine[machine].push(model.newOptionalFixedSizeIntervalVar(own, duration, present, `i${j}_${i}_${machine}`));
        choices.push({ machine, present });
      }
      model.addExactlyOne(choices.map((c) => c.present));
      if (previous) {
        model.add(start.minus(previous.end).ge(0));
        for (const from of previous.choices) {
          for (const to of choices) {
            const way = transport?.[machines[from.machine].place][machines[to.machine].place] ?? 0;
            if (way > 0) model.add(start.minus(previous.end).ge(way)).onlyEnforceIf([from.present, to.present]);
          }
        }
      }
      previous = { end, choices };
      placed.push({ job: j, index: i, start, end, choices });
    });
    model.add(makespan.minus(previous.end).ge(0));
  });
  for (const intervals of onMachine) if (intervals.length > 1) model.addNoOverlap(intervals);
  model.minimize(makespan);
  return { model, placed };
}

async function solve(problem) {
  const { model, placed } = build(problem);
  const solver = new CpSolver();
  const began = performance.now();
  const outcome = String(await solver.solve(model, { maxTimeInSeconds: problem.seconds, numWorkers: problem.workers ?? 2 }));
  const seconds = (performance.now() - began) / 1000;
  const status = solver.statusName ? solver.statusName() : outcome;
  if (!['OPTIMAL', 'FEASIBLE'].includes(status)) return { status, seconds };
  const operations = placed.map(({ job, index, start, end, choices }) => ({
    job,
    index,
    machine: choices.find((c) => solver.value(c.present) === 1).machine,
    start: Number(solver.value(start)),
    end: Number(solver.value(end)),
  }));
  return { status, makespan: Math.max(...operations.map((o) => o.end)), bound: Math.ceil(solver.bestObjectiveBound() - 1e-6), seconds, operations };
}

// The first call loads and compiles the solver; no problem should pay for it with its time.
await new CpSolver().solve(new CpModel(), { numWorkers: 2 });
process.stdout.write('{"status":"READY"}\n');

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  let answer;
  try {
    answer = await solve(JSON.parse(line));
  } catch (error) {
    answer = { status: 'ERROR', message: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
process.exit(0);
