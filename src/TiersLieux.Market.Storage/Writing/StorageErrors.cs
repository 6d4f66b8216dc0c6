using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TiersLieux.Market.Storage.Writing;

/// <summary>What the database's own constraints refused, in one vocabulary for both providers.</summary>
public static class StorageErrors
{
    /// <summary>Two occupations of one seat would overlap.</summary>
    public static bool IsOverlap(Exception exception) =>
        Postgres(exception)?.SqlState == PostgresErrorCodes.ExclusionViolation
        || Sqlite(exception)?.Message.Contains("occupation_overlap", StringComparison.Ordinal) == true;

    /// <summary>A unique key is taken: the operation was done before, or a number was drawn twice.</summary>
    public static bool IsDuplicate(Exception exception) =>
        Postgres(exception)?.SqlState == PostgresErrorCodes.UniqueViolation
        || Sqlite(exception) is { SqliteExtendedErrorCode: 2067 or 1555 };

    /// <summary>Somebody else changed the row in the meantime.</summary>
    public static bool IsConflict(Exception exception) => exception is DbUpdateConcurrencyException;

    internal static PostgresException? Postgres(Exception exception) => exception as PostgresException ?? exception.InnerException as PostgresException;

    private static SqliteException? Sqlite(Exception exception) => exception as SqliteException ?? exception.InnerException as SqliteException;
}
