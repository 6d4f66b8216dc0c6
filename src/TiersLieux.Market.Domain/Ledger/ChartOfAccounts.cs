using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>The accounts that the posting table may use, read from <c>accounts.csv</c>: compte, libelle, auxiliaire (oui or non).</summary>
public sealed class ChartOfAccounts
{
    private readonly Dictionary<string, Account> byCode;

    public ChartOfAccounts(IEnumerable<Account> accounts) => byCode = accounts.ToDictionary(a => a.Code, StringComparer.Ordinal);

    public IReadOnlyCollection<Account> Accounts => byCode.Values;

    public Account? Find(string code) => byCode.GetValueOrDefault(code);

    public static TableResult<ChartOfAccounts> Parse(IEnumerable<TableRow> rows)
    {
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var code = row["compte"];
            if (Check(row, accounts) is { } reason) return new TableResult<ChartOfAccounts>.Refused(row.File, row.Line, reason);
            accounts.Add(code, Account.Create(code, row["libelle"], row["auxiliaire"] == "oui"));
        }

        return new TableResult<ChartOfAccounts>.Loaded(new ChartOfAccounts(accounts.Values));
    }

    private static Reason? Check(TableRow row, Dictionary<string, Account> known)
    {
        var code = row["compte"];
        if (code.Length is < 2 or > 20 || !code.All(char.IsAsciiDigit) || code[0] is < '1' or > '8')
            return new Reason("account-malformed",
                $"Compte « {code} » : écrivez de 2 à 20 chiffres, le premier de 1 à 8.", $"Account \"{code}\": write 2 to 20 digits, the first from 1 to 8.")
            { Field = "compte" };
        if (row["libelle"].Length == 0)
            return new Reason("account-label-missing", $"Le compte {code} n'a pas de libellé.", $"Account {code} has no label.") { Field = "libelle" };
        if (row["auxiliaire"] is not ("oui" or "non"))
            return new Reason("account-auxiliary", $"Compte {code} : la colonne auxiliaire attend oui ou non.", $"Account {code}: column auxiliaire takes oui or non.")
            { Field = "auxiliaire" };
        return known.ContainsKey(code)
            ? new Reason("account-twice", $"Le compte {code} figure deux fois.", $"Account {code} is there twice.") { Field = "compte" }
            : null;
    }
}
