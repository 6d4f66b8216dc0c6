using System.Reflection;
using System.Xml.Linq;
using TiersLieux.Market.Connectors.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains;
using TiersLieux.Market.Sandbox;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>Rules get values and give values; only a TimeProvider knows what time it is.</summary>
public sealed class PurityTests
{
    private static readonly Assembly Domain = typeof(Money).Assembly;

    /// <summary>The clocks that tests cannot move. Timers and time-outs count real time and are not meant.</summary>
    internal static readonly string[] Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
    ];

    /// <summary>The one exception: an interface hands its reader the stream of a bank's file, and Domain itself opens none.</summary>
    private const string HandedIn = "System.IO.Stream";

    /// <summary>What Domain must not touch. Tasks and their cancellation are fine: interfaces that connectors implement name them.</summary>
    private static readonly string[] Outside =
    [
        "System.IO.", "System.Net.", "System.Data.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Console",
        "System.Random", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer",
    ];

    public static TheoryData<Assembly> Assemblies { get; } =
    [
        Domain,
        typeof(MarketDatabase).Assembly,
        typeof(GrainsRegistration).Assembly,
        typeof(InvoicePdf).Assembly,
        typeof(MarketPages).Assembly,
        typeof(SandboxHost).Assembly,
    ];

    [Fact]
    public void Domain_has_no_package()
    {
        Assert.DoesNotContain(XDocument.Load(Repository.Projects("src")["Domain"]).Descendants(), e => e.Name.LocalName is "PackageReference" or "FrameworkReference");
        Assert.All(Domain.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Domain_touches_nothing_outside()
    {
        var names = AssemblyNames.Of(Domain);
        var found = names.Types.Where(type => type != HandedIn && Outside.Any(each => type == each || (each.EndsWith('.') && type.StartsWith(each, StringComparison.Ordinal))))
            // What the compiler itself writes for a method with yield.
            .Concat(names.Members.Where(m => m.StartsWith("System.Environment.", StringComparison.Ordinal) && m != "System.Environment.get_CurrentManagedThreadId"))
            .ToList();
        Assert.Contains("System.DateTime", names.Types); // The table is read at all.
        Assert.Empty(found);
    }

    [Fact]
    public void Domain_is_given_its_clock() => Assert.DoesNotContain("System.TimeProvider.get_System", AssemblyNames.Of(Domain).Members);

    [Theory, MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void Nobody_reads_a_clock_that_tests_cannot_move(Assembly assembly) =>
        Assert.Empty(AssemblyNames.Of(assembly).Members.Intersect(Clocks, StringComparer.Ordinal));
}
