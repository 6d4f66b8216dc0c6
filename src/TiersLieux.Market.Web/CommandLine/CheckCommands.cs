using System.CommandLine;
using System.Text.Json;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Web.CommandLine;

internal static class CheckCommands
{
    public static Command Check()
    {
        var area = new Argument<string>("quoi") { Description = "bookings, invoices, ledger, outbox ou all." };
        area.AcceptOnlyFromAmong("bookings", "invoices", "ledger", "outbox", "all");
        var json = new Option<bool>("--json") { Description = "Pour les programmes." };
        var command = new Command("check", "Recalcule tout et affiche chaque défaut ; code 1 s'il y en a.") { area, json };
        command.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: false, async (services, stop) =>
        {
            var checks = services.GetRequiredService<MarketChecks>();
            var what = parsed.GetValue(area)!;
            var faults = what == "all" ? await checks.RunAllAsync(stop) : await checks.RunAsync(Enum.Parse<CheckArea>(what, ignoreCase: true), stop);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(faults, JsonColumn.Options));
            else if (faults.Count == 0) Console.WriteLine("Aucun défaut.");
            else foreach (var fault in faults) Console.WriteLine($"{fault.Area.ToString().ToLowerInvariant(),-9} {fault.Where} : {fault.What.French} [{fault.Code}]");
            return faults.Count == 0 ? MarketCommands.Done : MarketCommands.CheckFailed;
        }, cancellation));
        return command;
    }
}
