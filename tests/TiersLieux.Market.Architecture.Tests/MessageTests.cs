using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Grains;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage.Messaging;
using Xunit;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>What waits in the outbox, or is killed on the way.</summary>
public sealed partial class MessageTests
{
    private static readonly Assembly Grains = typeof(GrainsRegistration).Assembly;

    private static readonly IReadOnlyList<string> KillPointNames =
        [.. typeof(KillPoints).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => f.Name)];

    [Fact]
    public void The_list_of_kill_points_names_them_all()
    {
        Assert.NotEmpty(KillPointNames);
        Assert.Equal(
            KillPointNames.Select(name => (string)typeof(KillPoints).GetField(name)!.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            KillPoints.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kill_point_is_passed_somewhere()
    {
        var passed = Repository.Code().SelectMany(file => PassedPoint.Matches(file.Code)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(KillPointNames.Except(passed, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_message_has_one_handler()
    {
        var handled = new ServiceCollection().AddMarketGrains()
            .Where(d => d.ServiceType == typeof(IOutboxHandler))
            .Select(d => ((IOutboxHandler)RuntimeHelpers.GetUninitializedObject(d.ImplementationType!)).Kind)
            .ToList();
        Assert.Equal(handled.Distinct(StringComparer.Ordinal), handled);
        var written = Repository.Code().SelectMany(file => WrittenMessage.Matches(file.Code).Select(m => KindOf(file, m.Groups["kind"].Value))).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(written);
        Assert.Empty(written.Except(handled, StringComparer.Ordinal));
    }

    /// <summary>The value of the constant that a message is written with: <c>RefundHandler.MessageKind</c>, or one of the file's own class.</summary>
    private static string KindOf(SourceFile file, string constant)
    {
        var (type, name) = constant.Split('.') is [var owner, var member] ? (owner, member) : (file.FileName.Split('.')[0], constant);
        return Grains.GetTypes().FirstOrDefault(t => t.Name == type)?.GetField(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string
            ?? $"{constant} in {file}: give the kind of a message as a constant of a class of Grains";
    }

    [GeneratedRegex(@"KillPoints\.Pass\(KillPoints\.(?<name>\w+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PassedPoint { get; }

    [GeneratedRegex(@"new OutboxMessage\(\s*(?<kind>[^,\s]+)\s*,", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WrittenMessage { get; }
}
