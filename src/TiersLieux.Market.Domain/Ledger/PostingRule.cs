using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

public enum Side
{
    Debit,
    Credit,
}

public enum Auxiliary
{
    None,
    Customer,
    Supplier,
}

/// <summary>The amounts that a rule may post, by the names the table gives them.</summary>
public static class PostingFormula
{
    private static readonly Dictionary<string, Func<PostingAmounts, Money>> PerRate = new(StringComparer.Ordinal)
    {
        ["ht"] = a => a.Excl,
        ["tva"] = a => a.Vat,
        ["ttc"] = a => a.Excl + a.Vat,
        ["acompte_ht"] = a => a.DepositExcl,
        ["acompte_tva"] = a => a.DepositVat,
        ["acompte_ttc"] = a => a.DepositExcl + a.DepositVat,
        ["tva_nette"] = a => a.Vat - a.DepositVat,
        ["net_a_payer"] = a => a.Excl + a.Vat - a.DepositExcl - a.DepositVat,
    };

    private static readonly Dictionary<string, Func<PostingEvent, Money>> Whole = new(StringComparer.Ordinal)
    {
        ["montant"] = e => e.Amount,
        ["tva_autoliquidee"] = e => e.ReverseVat,
    };

    public static IEnumerable<string> Names => PerRate.Keys.Concat(Whole.Keys);

    public static bool IsKnown(string name) => PerRate.ContainsKey(name) || Whole.ContainsKey(name);

    public static bool IsPerRate(string name) => PerRate.ContainsKey(name);

    /// <summary>Whether a line of this amount keeps its VAT rate, for the VAT return.</summary>
    public static bool KeepsRate(string name) => name is "ht" or "tva" or "tva_nette";

    public static Money Of(string name, PostingAmounts amounts) => PerRate[name](amounts);

    public static Money Of(string name, PostingEvent source) => Whole[name](source);
}

/// <summary>One row of the posting table.</summary>
/// <param name="Conditions">All must hold; see <see cref="PostingFact"/>.</param>
/// <param name="Label">{piece} and {tiers} are filled in.</param>
public sealed record PostingRule(
    string EventCode, string Operation, string Journal, IReadOnlySet<string> Conditions, int Order, Side Side, string Account, string AccountLabel,
    string Formula, Auxiliary Auxiliary, string Label)
{
    public bool AppliesTo(PostingEvent source) =>
        Conditions.All(c => c is PostingFact.Goods or PostingFact.Services || source.Facts.Contains(c));

    public bool AppliesTo(SupplyKind supply) =>
        (!Conditions.Contains(PostingFact.Goods) || supply == SupplyKind.Goods)
        && (!Conditions.Contains(PostingFact.Services) || supply.IsService());
}
