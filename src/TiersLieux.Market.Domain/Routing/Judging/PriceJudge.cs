using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing.Judging;

/// <summary>Shares, fees, tax, km and CO2, counted again from the rules.</summary>
internal sealed class PriceJudge(Plan plan, RoutingRequest request, CapacitySnapshot snapshot, PricingRules rules, Action<Fault, string> find)
{
    public void Check()
    {
        CheckShares();
        CheckPrice();
        CheckTax();

        var km = plan.Shipments.Sum(shipment => shipment.Km);
        if (plan.Km != km) find(Fault.Price, $"{plan.Km} km instead of {km}");
        var co2 = plan.Shipments.Sum(shipment => shipment.WeightKg * shipment.Km / 1000m) * rules.Emissions.PerTonneKm.KgCo2
            + Operations().Sum(work => work.Machine.PowerKilowatts * (decimal)work.Planned.WorkingTime.TotalHours) * rules.Emissions.PerKilowattHour.KgCo2;
        if (Math.Abs(plan.Co2Kg - co2) > 0.006m) find(Fault.Price, $"{plan.Co2Kg} kg CO2 instead of {co2}");
    }

    private void CheckShares()
    {
        var due = new Dictionary<Guid, decimal>();
        foreach (var (lot, line, planned, machine) in Operations())
        {
            var workshop = snapshot.Workshop(machine.Workshop);
            due[workshop.Id] = due.GetValueOrDefault(workshop.Id) + Euros(planned.Quantity ?? lot.Quantity, line, planned, machine, workshop);
        }

        if (!plan.Shares.Select(share => share.Workshop).Order().SequenceEqual(due.Keys.Order())) find(Fault.Price, "not one share for each workshop");
        foreach (var share in plan.Shares)
        {
            var expected = Math.Max(Rounding.ToCents(Math.Round(due.GetValueOrDefault(share.Workshop), 12)), Rounding.ToCents(snapshot.Workshop(share.Workshop).MinimumOrder));
            if (share.Total.Cents != expected) find(Fault.Price, $"share of {share.Workshop}: {share.Total.Cents} instead of {expected}");
            if (share.Lines.Sum(part => part.Amount.Cents) != share.Total.Cents) find(Fault.Price, $"share of {share.Workshop}: parts do not add up");
        }
    }

    private decimal Euros(decimal quantity, RoutingLine line, PlannedOperation planned, MachineCapacity machine, WorkshopCapacity workshop)
    {
        var asked = line.Operations.First(operation => operation.Sequence == planned.Sequence);
        if (line.FixedPrices is { } prices) return asked == line.Operations[0] ? quantity * (prices.UnitPrice(line.Quantity) ?? 0) : 0;
        var capability = machine.Capabilities[asked.Process];
        var hours = (asked.SetUp.Ticks + quantity * asked.UnitTime.Ticks / capability.Speed) / TimeSpan.TicksPerHour;
        var euros = hours * (capability.HourlyRate + workshop.LabourRate * asked.Attendance);
        if (asked is { Material: { } code, MaterialPerUnit: > 0 } && (workshop.Materials.GetValueOrDefault(code) ?? rules.Materials.GetValueOrDefault(code)) is { } material)
            euros += quantity * asked.MaterialPerUnit * material.UnitPrice * (100m + material.MarginPercent) / 100m;
        return euros;
    }

    private void CheckPrice()
    {
        var shares = plan.Shares.Sum(share => share.Total.Cents);
        var transport = plan.Shipments.Sum(shipment => shipment.Cost.Cents);
        var lines = plan.Lots.Select(lot => lot.Line).Distinct().Select(number => request.Lines.First(line => line.Line == number)).ToList();
        var basis = new FeeBase(new Money(shares), lines.Sum(line => line.Quantity), lines.Sum(line => line.Quantity * line.UnitWeightKg));
        var fees = rules.Fees.Sum(fee => fee.Charge(basis).Amount.Cents);
        if (plan.Price.ExclTax.Cents != shares + transport + fees) find(Fault.Price, $"{plan.Price.ExclTax.Cents} is not {shares} + {transport} + {fees}");
        if (plan.Price.Lines.Sum(line => line.Amount.Cents) != plan.Price.ExclTax.Cents) find(Fault.Price, "price lines do not add up");
    }

    private void CheckTax()
    {
        foreach (var rate in plan.Price.Lines.GroupBy(line => line.VatRate))
        {
            var sum = rate.Sum(line => line.Amount.Cents);
            var tax = Rounding.HalfAwayFromZero(sum * rate.Key / 100m);
            if (!plan.Price.Vat.Any(vat => vat.Rate == rate.Key && vat.Base.Cents == sum && vat.Tax.Cents == tax)) find(Fault.Price, $"tax at {rate.Key} % is not {tax}");
        }

        foreach (var line in plan.Price.Lines.Where(line => line.Kind == PriceLineKind.Share))
        {
            if (request.Lines.FirstOrDefault(asked => asked.Line == line.Line)?.VatRate != line.VatRate) find(Fault.Price, $"line {line.Line} is taxed at {line.VatRate} %");
        }

        if (plan.Price.Vat.Sum(vat => vat.Tax.Cents) != plan.Price.Tax.Cents || plan.Price.InclTax.Cents != plan.Price.ExclTax.Cents + plan.Price.Tax.Cents)
            find(Fault.Price, "taxes do not add up");
    }

    private IEnumerable<(PlannedLot Lot, RoutingLine Line, PlannedOperation Planned, MachineCapacity Machine)> Operations() =>
        from lot in plan.Lots
        let line = request.Lines.First(line => line.Line == lot.Line)
        from planned in lot.Operations
        select (lot, line, planned, snapshot.Machine(planned.Machine)!);
}
