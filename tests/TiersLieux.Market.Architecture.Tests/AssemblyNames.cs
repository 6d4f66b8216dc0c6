using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TiersLieux.Market.Architecture.Tests;

/// <summary>What a compiled assembly names of others: types as <c>System.IO.File</c>, members as <c>System.DateTime.get_Now</c>.</summary>
internal sealed record AssemblyNames(IReadOnlySet<string> Types, IReadOnlySet<string> Members)
{
    public static AssemblyNames Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences.ToDictionary(handle => handle, handle =>
        {
            var type = reader.GetTypeReference(handle);
            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        });
        var members = reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{types[(TypeReferenceHandle)member.Parent]}.{reader.GetString(member.Name)}");
        return new AssemblyNames(types.Values.ToHashSet(StringComparer.Ordinal), members.ToHashSet(StringComparer.Ordinal));
    }
}
