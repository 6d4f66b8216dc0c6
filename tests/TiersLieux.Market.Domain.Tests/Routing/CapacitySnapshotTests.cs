using System.Text.Json;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Routing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Routing;

/// <summary>A snapshot made out of the one before is as good as one made anew.</summary>
public sealed class CapacitySnapshotTests
{
    [Fact]
    public void A_changed_snapshot_answers_like_one_made_anew()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (request, snapshot, rules) = RandomCases.Create(seed);
            var random = new Random(seed);
            var (workshops, machines) = (snapshot.Workshops.ToList(), snapshot.Machines.ToList());
            for (var change = 0; change < 4; change++)
            {
                var machine = random.Next(machines.Count);
                machines[machine] = Change(random, machines[machine]);
                var workshop = random.Next(workshops.Count);
                workshops[workshop] = workshops[workshop] with { People = new PeopleTime(workshops[workshop].People.From, [.. Enumerable.Repeat(random.Next(0, 900), 125)]) };
                snapshot = snapshot.With([machines[machine]], [workshops[workshop]]);
            }

            Assert.Equal(machines, snapshot.Machines);
            Assert.Equal(workshops, snapshot.Workshops);
            Assert.Equal(Answer(request, new CapacitySnapshot(workshops, machines), rules), Answer(request, snapshot, rules));
        }
    }

    [Fact]
    public void The_snapshot_before_stays_as_it_was()
    {
        var (request, snapshot, rules) = RandomCases.Create(5);
        var before = Answer(request, snapshot, rules);
        foreach (var machine in snapshot.Machines) snapshot.With([machine with { Free = [] }], []);
        Assert.Equal(before, Answer(request, snapshot, rules));
    }

    [Fact]
    public void New_machines_and_workshops_may_come()
    {
        var snapshot = new CapacitySnapshot([], []).With([TestNetwork.Machine(TestNetwork.Saw, TestNetwork.Lille, "saw")], [TestNetwork.Workshop(TestNetwork.Lille)]);
        Assert.NotEmpty(TestNetwork.Plans(TestNetwork.Request(TestNetwork.Line(1, TestNetwork.Operation("saw", 0, 10))), snapshot));
        Assert.Throws<ArgumentException>(() => snapshot.With([TestNetwork.Machine(TestNetwork.OtherSaw, TestNetwork.Arras, "saw")], []));
        Assert.Throws<ArgumentException>(() => new CapacitySnapshot([TestNetwork.Workshop(TestNetwork.Lille), TestNetwork.Workshop(TestNetwork.Lille)], []));
    }

    [Fact]
    public async Task Thirty_two_threads_read_while_one_publishes()
    {
        var (request, first, rules) = RandomCases.Create(11);
        var published = first;
        var machines = first.Machines.ToList();
        using var done = new CancellationTokenSource();
        // Each version of the network has its own answer: whatever version a reader gets, it gets the whole of it.
        var versions = Enumerable.Range(0, 8).Select(version => first.With([.. machines.Select(machine => machine with { Free = [.. machine.Free.Skip(version)] })], [])).ToList();
        var answers = versions.ToDictionary(version => version, version => Answer(request, version, rules));
        var readers = Enumerable.Range(0, 32).Select(_ => Task.Factory.StartNew(() =>
        {
            var read = 0;
            while (!done.IsCancellationRequested || read == 0)
            {
                var snapshot = Volatile.Read(ref published);
                if (answers.TryGetValue(snapshot, out var expected)) Assert.Equal(expected, Answer(request, snapshot, rules));
                read++;
            }
        }, TaskCreationOptions.LongRunning)).ToList();
        for (var round = 0; round < 200; round++)
        {
            Volatile.Write(ref published, versions[round % versions.Count]);
            // And the writer goes on making new ones of what the readers read.
            versions[round % versions.Count].With([machines[round % machines.Count] with { Free = [] }], []);
            await Task.Yield();
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static MachineCapacity Change(Random random, MachineCapacity machine) => random.Next(4) switch
    {
        0 => machine with { Free = [.. machine.Free.Where(_ => random.Next(3) > 0).Select(stretch => stretch with { ContinuesAfterClosing = false })] },
        1 => machine with { Free = FreeCalendar.Of(machine.Free.Take(20)) },
        // More time than anybody had: the bounds of the index must not hide it.
        2 => machine with { Free = machine.Free.Count == 0 ? [] : [new FreeInterval(machine.Free[0].Start, machine.Free[^1].End)] },
        _ => machine with { WorkArea = new WorkArea(random.Next(300, 3000), random.Next(300, 1500), random.Next(50, 500)) },
    };

    private static string Answer(RoutingRequest request, CapacitySnapshot snapshot, Domain.Orders.Pricing.PricingRules rules) =>
        JsonSerializer.Serialize(((RoutingResult.Answered)RoutePlanner.Plan(request, snapshot, rules)).Plans);
}
