using Microsoft.Extensions.Logging;

namespace TiersLieux.Market.Storage.Writing;

/// <summary>What follows a commit must not undo it: a failure is logged, and the read model that missed it is refreshed by its own means.</summary>
internal static partial class CommittedActions
{
    public static void Run(IReadOnlyList<Action> actions, ILogger logger)
    {
        foreach (var action in actions)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An action after a commit failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
