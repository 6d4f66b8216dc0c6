namespace TiersLieux.Market.Storage.Model;

/// <summary>
/// Names the operation that wrote a row (<c>final:{order}</c>, <c>payment:{id}</c>…). Unique, so that a step that is done again after a crash finds
/// its row instead of writing another. It is no business of the domain: a shadow property.
/// </summary>
public static class OperationKey
{
    public const string Name = "OperationKey";
}
