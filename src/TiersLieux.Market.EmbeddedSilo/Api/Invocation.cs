namespace Orleans.Serialization.Invocation;

/// <summary>The arguments inside a call.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object value);
}
