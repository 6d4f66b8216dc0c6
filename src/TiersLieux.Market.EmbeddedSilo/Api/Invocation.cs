using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>The request inside a call: which method, with what.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object value);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();

    Type GetInterfaceType();
}
