using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Checks;

internal static class OutboxChecks
{
    /// <summary>A message that is due longer than this has no relay, or one that cannot reach it.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    public static async Task<List<CheckFault>> RunAsync(MarketDbContext db, DateTime now, CancellationToken cancellation)
    {
        var limit = now - Overdue;
        var messages = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(m => m.DoneAt == null && (m.DeadAt != null || m.DueAt < limit))
            .OrderBy(m => m.CreatedAt).ToListAsync(cancellation);
        return
        [
            .. messages.Select(m => m.DeadAt is not null
                ? Fault(FaultCode.MessageDead, m, $"abandonné après {m.Attempts} essais : {m.LastError}", $"given up after {m.Attempts} attempts: {m.LastError}")
                : Fault(FaultCode.MessageOverdue, m, $"attend depuis {m.DueAt:yyyy-MM-dd HH:mm} UTC", $"waiting since {m.DueAt:yyyy-MM-dd HH:mm} UTC")),
        ];
    }

    private static CheckFault Fault(string code, OutboxMessage message, string french, string english) => new(
        CheckArea.Outbox, code, $"{message.Kind} {message.Key}",
        new Text($"Message {message.Kind} {message.Key} : {french}.", $"Message {message.Kind} {message.Key}: {english}."));
}
